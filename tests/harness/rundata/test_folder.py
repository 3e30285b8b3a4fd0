"""Laws of the run folder."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import ConfigurationError, RunDataError
from harness.rundata import SCHEMA_VERSION, Costs, Manifest, RunConfiguration, RunFolder, Summary

MANIFEST = Manifest(
    schema_version=SCHEMA_VERSION,
    name="compare",
    created_utc="2026-11-23T02:00:00+00:00",
    command=("bkash-bench", "compare"),
    clock="real",
    configuration=RunConfiguration(
        profile="constant",
        profile_data={},
        time_scale=1.0,
        rate_per_s=4.0,
        duration_s=60.0,
        warmup_s=5.0,
        seed=1,
        token_lifetime_s=20.0,
        land_think_s=3.0,
        approve_think_s=4.0,
        baseline="sequential",
    ),
    variants=(),
    versions={},
    git_commit=None,
    machine={},
)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path / "run", MANIFEST)


def test_a_new_folder_is_read_back(folder: RunFolder):
    """Whoever opens the folder finds the run that made it, with nothing measured yet."""
    again = RunFolder(folder.path)
    assert again.manifest == MANIFEST
    assert (again.read_costs(), again.read_ledger(), again.sample_paths()) == ({}, {}, [])


def test_a_run_never_overwrites_another(folder: RunFolder):
    """A folder that holds anything is refused, and stays as it was."""
    with pytest.raises(ConfigurationError, match=r"not empty.*--out"):
        RunFolder.create(folder.path, replace(MANIFEST, name="other"))
    assert RunFolder(folder.path).manifest.name == "compare"


def test_a_folder_that_cannot_be_made_names_itself(tmp_path: Path):
    """A file in the way is told with its path and the mend."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match=r"cannot make run folder .*file.*--out"):
        RunFolder.create(tmp_path / "file" / "run", MANIFEST)


def test_documents_survive_the_disk(folder: RunFolder):
    """Costs, ledger and summary are read as they were written."""
    costs = {"cached": Costs({"create_payment": 1}, 1, 1, 5, 1, 0, 10, 0.5, 60.0)}
    summary = Summary(SCHEMA_VERSION, {}, {}, [], "report.html")
    folder.write_costs(costs)
    folder.write_ledger({"cached": {"ok": True}})
    folder.write_summary(summary)
    assert folder.read_costs() == costs
    assert folder.read_ledger() == {"cached": {"ok": True}}
    assert folder.read_summary() == summary
    assert folder.report_path.parent == folder.summary_path.parent == folder.path


def test_sample_files_are_found_by_recorder(folder: RunFolder):
    """Each recorder has a file of its own name."""
    folder.new_sample_file("b").close()
    folder.new_sample_file("a").close()
    assert [path.name for path in folder.sample_paths()] == ["samples-a.csv", "samples-b.csv"]


def test_a_missing_summary_is_an_error(folder: RunFolder):
    """A run that ended early has none, and says so."""
    with pytest.raises(RunDataError, match=r"has no summary\.json"):
        folder.read_summary()


def _truncate(folder: RunFolder) -> None:
    path = folder.path / "manifest.json"
    path.write_bytes(path.read_bytes()[:40])


def _other_version(folder: RunFolder) -> None:
    path = folder.path / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": 99}))


def _lose_field(folder: RunFolder) -> None:
    path = folder.path / "manifest.json"
    path.write_text(json.dumps({"schema_version": SCHEMA_VERSION}))


def _lose_manifest(folder: RunFolder) -> None:
    (folder.path / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(_truncate, "truncated or malformed", id="truncated"),
        pytest.param(_other_version, r"schema version 99.*version 1", id="version"),
        pytest.param(_lose_field, "not a manifest", id="field"),
        pytest.param(_lose_manifest, r"no manifest\.json", id="manifest"),
    ],
)
def test_a_damaged_folder_is_told_by_what_is_wrong(folder: RunFolder, damage, message: str):
    """The message says which file and what about it."""
    damage(folder)
    with pytest.raises(RunDataError, match=message):
        RunFolder(folder.path)


def test_a_missing_folder_is_an_error(tmp_path: Path):
    """A typing error in a path is told as such."""
    with pytest.raises(RunDataError, match="does not exist"):
        RunFolder(tmp_path / "nowhere")


def test_an_unreadable_document_is_an_error(folder: RunFolder):
    """A folder in a document's place is told with its path."""
    (folder.path / "costs.json").mkdir()
    with pytest.raises(RunDataError, match=r"cannot read .*costs\.json"):
        folder.read_costs()
