"""How a run went, on disk."""

from pathlib import Path

import pytest

from harness.errors import RunDataError
from harness.rundata import Conduct, Manifest, RunConfiguration, RunFolder


def _folder(path: Path) -> RunFolder:
    configuration = RunConfiguration(
        profile="guide",
        profile_data={},
        time_scale=1.0,
        rate_per_s=4.0,
        duration_s=60.0,
        warmup_s=5.0,
        seed=1,
        token_lifetime_s=20.0,
        land_think_s=1.0,
        approve_think_s=1.0,
        baseline="sequential",
    )
    return RunFolder.create(
        path,
        Manifest(
            schema_version=1,
            name="test",
            created_utc="2026-11-23T00:00:00+00:00",
            command=("bkash-bench", "compare"),
            clock="real",
            configuration=configuration,
            variants=(),
            versions={},
            git_commit=None,
            machine={},
        ),
    )


def test_conduct_is_read_back_as_written(tmp_path: Path) -> None:
    """What the conductor wrote is what the report reads."""
    folder = _folder(tmp_path / "run")
    conduct = Conduct(generator_cpu_share=0.42, interrupted=True, notes=("Stopped by hand.",))
    folder.write_conduct(conduct)
    assert folder.read_conduct() == conduct


def test_conduct_of_a_crashed_run_is_none(tmp_path: Path) -> None:
    """A run that nobody finished has no word on how it went."""
    assert _folder(tmp_path / "run").read_conduct() is None


def test_torn_conduct_is_a_run_data_error(tmp_path: Path) -> None:
    """Half a document is refused with its path."""
    folder = _folder(tmp_path / "run")
    (folder.path / "conduct.json").write_text('{"generator_cpu_sh')
    with pytest.raises(RunDataError, match=r"conduct\.json is truncated"):
        folder.read_conduct()
