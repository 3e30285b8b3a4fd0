"""Settings and a finished run for the tests of the front door."""

from pathlib import Path

import pytest

from harness.cli.compare.settings import CompareSettings
from harness.rundata import (
    SCHEMA_VERSION,
    Conduct,
    Manifest,
    RunConfiguration,
    RunFolder,
    Sample,
    VariantRecord,
)


@pytest.fixture
def settings(tmp_path) -> CompareSettings:
    """What somebody could ask for."""
    return CompareSettings(
        variants=("sequential", "cached"),
        variants_file=None,
        targets=(),
        target_keys=(),
        allow_remote=(),
        profile="constant",
        time_scale=1.0,
        rate_per_s=4.0,
        duration_s=60.0,
        seed=1,
        token_lifetime_s=20.0,
        mock_port=None,
        baseline=None,
        out=tmp_path / "run",
        command=("bkash-bench", "compare"),
    )


@pytest.fixture
def make_run(tmp_path):
    """Return a function that writes a small run of one variant and returns its path."""

    def make(name: str = "run", *, interrupted: bool = False, audit_ok: bool = True) -> Path:
        folder = RunFolder.create(tmp_path / name, _manifest(name))
        file = folder.new_sample_file("locust")
        for arrival in range(40):
            for sample in _payment(arrival):
                file.append(sample)
        file.close()
        folder.write_conduct(Conduct(generator_cpu_share=0.1, interrupted=interrupted))
        violations = [] if audit_ok else [{"invariant": "a", "message": "captured twice"}]
        folder.write_ledger({"cached": {"ok": audit_ok, "payments": 40, "violations": violations}})
        return folder.path

    return make


def _payment(arrival: int) -> list[Sample]:
    due_ns = arrival * 500_000_000
    requests = (("land", 0, 5), ("make_payment", 5, 2000), ("approve", 2005, 5))
    steps = [*requests, ("callback", 2010, 1200)]
    stages = {"make_payment": ("create_payment", 1000), "callback": ("execute_payment", 1000)}
    samples = []
    for request, after_ms, length_ms in steps:
        start_ns = due_ns + after_ms * 1_000_000
        end_ns = start_ns + length_ms * 1_000_000
        samples.append(_sample(arrival, request, "", start_ns, end_ns))
        if request in stages:
            stage, stage_ms = stages[request]
            samples.append(_sample(arrival, request, stage, 0, stage_ms * 1_000_000))
    return samples


def _sample(arrival: int, request: str, stage: str, start_ns: int, end_ns: int) -> Sample:
    return Sample(
        variant="cached",
        arrival=arrival,
        request=request,
        stage=stage,
        intended_ns=0 if stage else start_ns,
        start_ns=start_ns,
        end_ns=end_ns,
        modelled_ns=end_ns - start_ns if stage else None,
        outcome="ok",
        status=0 if stage else 200,
        warmup=False,
        payment_id="" if request == "land" else f"TR{arrival}",
    )


def _manifest(name: str) -> Manifest:
    return Manifest(
        schema_version=SCHEMA_VERSION,
        name=name,
        created_utc="2026-11-23T00:00:00+00:00",
        command=("bkash-bench", "compare"),
        clock="real",
        configuration=RunConfiguration(
            profile="constant",
            profile_data={},
            time_scale=1.0,
            rate_per_s=2.0,
            duration_s=20.0,
            warmup_s=0.0,
            seed=1,
            token_lifetime_s=5.0,
            land_think_s=0.0,
            approve_think_s=0.0,
            baseline="cached",
        ),
        variants=(
            VariantRecord("cached", ("token_cache",), "builtin", "http://127.0.0.1:1", "bench"),
        ),
        versions={"python": "3.11"},
        git_commit=None,
        machine={"cpu": "any", "cores": 2, "memory_bytes": 1, "system": "Linux"},
    )
