"""A small world for the lab: real processes that stand in for mock, merchant and generator."""

import asyncio
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from harness.lab import generator as generator_module
from harness.lab.child import Command
from harness.lab.experiment import Experiment
from harness.lab.phase import Phase
from harness.load import LoadPlan, PlanVariant
from harness.progress import Step
from harness.rundata import SCHEMA_VERSION, Manifest, RunConfiguration, VariantRecord

SERVER = """
import http.server, json, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        body = json.dumps({"ok": True, "payments": 1, "calls": {"create_payment": 2}}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"server listening on http://127.0.0.1:{server.server_port}", flush=True)
print("a word on standard error", file=sys.stderr, flush=True)
server.serve_forever()
"""

GENERATOR = """
import os, pathlib, time
from harness.load import LoadPlan, Progress, ProgressEvent
from harness.rundata import Sample, SampleFile
plan = LoadPlan.read(pathlib.Path(os.environ["BKASH_BENCH_PLAN"]))
file = SampleFile(pathlib.Path(plan.out) / "samples-locust.csv")
def say(event, elapsed_s):
    progress = Progress(
        event=event, origin_ns=0, elapsed_s=elapsed_s, arrivals_s=3.0, planned=len(plan.variants)
    )
    print(progress.line(), flush=True)
say(ProgressEvent.START, 0.0)
for arrival, variant in enumerate(plan.variants):
    file.append(Sample(
        variant.name, arrival, "callback", "", 0, 0, 1, None, "ok", 303, False, f"TR{arrival}"
    ))
file.flush()
say(ProgressEvent.PROGRESS, 2.0)
say(ProgressEvent.PROGRESS, 3.0)
time.sleep(DELAY)
say(ProgressEvent.END, 3.0)
"""


@dataclass
class Watcher:
    """An observer that keeps what it saw."""

    steps: list[Step] = field(default_factory=list)
    draining: asyncio.Event = field(default_factory=asyncio.Event)

    def step(self, step: Step) -> None:
        self.steps.append(step)
        if step.doing is Phase.DRAINING:
            self.draining.set()

    @property
    def phases(self) -> list[Phase]:
        return list(dict.fromkeys(step.doing for step in self.steps))


@dataclass
class Bench:
    """An experiment on processes that stand in, and what became of it."""

    experiment: Experiment
    set_generator: object
    watcher: Watcher = field(default_factory=Watcher)
    started_with: list[tuple[str, Path]] = field(default_factory=list)

    def change(self, **changes) -> None:
        self.experiment = replace(self.experiment, **changes)


@pytest.fixture
def bench(tmp_path, monkeypatch) -> Bench:
    def set_generator(code: str = GENERATOR, *, delay_s: float = 0.0) -> None:
        argv = [sys.executable, "-c", code.replace("DELAY", repr(delay_s))]
        monkeypatch.setattr(generator_module, "locust_command", lambda: argv)

    def merchant(variant, site) -> Command:
        made.started_with.append((site.gateway_url, site.database))
        return Command(name=f"merchant {variant.name}", argv=(sys.executable, "-c", SERVER))

    set_generator()
    variants = tuple(
        VariantRecord(name, (), "builtin", "", f"bench-{name}") for name in ("stored", "cached")
    )
    made = Bench(
        experiment=Experiment(
            folder=tmp_path / "runs" / "one",
            manifest=_manifest(variants),
            plan=LoadPlan(
                variants=(PlanVariant(name="any", url="http://127.0.0.1"),),
                out="",
                rate_per_s=1,
                duration_s=1.5,
                warmup_s=1.5,
            ),
            mock=Command(name="mock bKash", argv=(sys.executable, "-c", SERVER)),
            merchant=merchant,
            seed_database=lambda path: path.write_bytes(b"seeded"),
            audit_view=lambda path: [{"status": "paid", "read": path.read_text()}],
            gateway_path="/v1.2.0-beta",
        ),
        set_generator=set_generator,
    )
    return made


def _manifest(variants: tuple[VariantRecord, ...]) -> Manifest:
    return Manifest(
        schema_version=SCHEMA_VERSION,
        name="one",
        created_utc="2026-11-23T00:00:00+00:00",
        command=("bkash-bench", "compare"),
        clock="real",
        configuration=RunConfiguration(
            profile="guide",
            profile_data={},
            time_scale=1.0,
            rate_per_s=1.0,
            duration_s=1.5,
            warmup_s=1.5,
            seed=1,
            token_lifetime_s=20.0,
            land_think_s=1.0,
            approve_think_s=1.0,
            baseline="stored",
        ),
        variants=variants,
        versions={},
        git_commit=None,
        machine={},
    )
