"""A run folder: the only thing that measuring and reporting share."""

import hashlib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from harness.errors import ConfigurationError, RunDataError
from harness.rundata.conduct import Conduct
from harness.rundata.costs import Costs
from harness.rundata.manifest import SCHEMA_VERSION, Manifest
from harness.rundata.sample_file import SampleFile
from harness.rundata.summary import Summary

__all__ = ["RunFolder"]

MANIFEST = "manifest.json"
COSTS = "costs.json"
CONDUCT = "conduct.json"
LEDGER = "ledger.json"
SUMMARY = "summary.json"
REPORT = "report.html"

VIRTUAL_CLOCK = "virtual"

T = TypeVar("T")


class RunFolder:
    """Read and write one run. Opening checks that it is one; use `create` for a new one.

    Args:
        path: an existing folder with a manifest of our schema version.

    Attributes:
        path: the folder.
        manifest: what the run was.

    Raises:
        RunDataError: the folder or its manifest is missing, truncated, or of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = _read_manifest(path)

    @classmethod
    def create(cls, path: Path, manifest: Manifest) -> "RunFolder":
        """Make a new folder and write its manifest.

        Raises:
            ConfigurationError: the folder exists and is not empty, or cannot be made.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
            if any(path.iterdir()):
                raise ConfigurationError(
                    f"run folder {path} is not empty; name a new one with --out"
                )
            _write_json(path / MANIFEST, manifest)
        except OSError as error:
            raise ConfigurationError(
                f"cannot make run folder {path}: {error.strerror}; name another with --out"
            ) from error
        return cls(path)

    @property
    def report_path(self) -> Path:
        """Where the HTML report stands."""
        return self.path / REPORT

    @property
    def summary_path(self) -> Path:
        """Where `summary.json` stands."""
        return self.path / SUMMARY

    def sample_paths(self) -> list[Path]:
        """Return the sample files, sorted by name."""
        return sorted(self.path.glob("samples-*.csv"))

    def sample_digests(self) -> dict[str, str]:
        """Return the SHA-256 of the samples by variant, for a run whose samples can be equal.

        On the virtual clock each variant has a file of its own; on the real one nothing is equal
        twice, and there are none.
        """
        if self.manifest.clock != VIRTUAL_CLOCK:
            return {}
        digests = {}
        for variant in self.manifest.variants:
            path = self.path / f"samples-{variant.name}.csv"
            if path.is_file():
                with path.open("rb") as file:
                    digests[variant.name] = hashlib.file_digest(file, "sha256").hexdigest()
        return digests

    def new_sample_file(self, recorder: str) -> SampleFile:
        """Open a sample file for the recorder of that name (unique in the run)."""
        return SampleFile(self.path / f"samples-{recorder}.csv")

    def write_costs(self, costs: dict[str, Costs]) -> None:
        """Write the costs by variant name."""
        _write_json(self.path / COSTS, costs)

    def read_costs(self) -> dict[str, Costs]:
        """Return the costs by variant name; empty if the run ended before they were counted."""
        return _read_json(self.path / COSTS, dict[str, Costs], missing={})

    def write_conduct(self, conduct: Conduct) -> None:
        """Write how the run went."""
        _write_json(self.path / CONDUCT, conduct)

    def read_conduct(self) -> Conduct | None:
        """Return how the run went; None if it ended before anybody could say."""
        if not (self.path / CONDUCT).is_file():
            return None
        return _read_json(self.path / CONDUCT, Conduct)

    def write_ledger(self, ledger: dict[str, Any]) -> None:
        """Write the audits by variant name, as the gateway returned them."""
        _write_json(self.path / LEDGER, ledger)

    def read_ledger(self) -> dict[str, Any]:
        """Return the audits by variant name; empty if the run ended before any."""
        return _read_json(self.path / LEDGER, dict[str, Any], missing={})

    def write_summary(self, summary: Summary) -> None:
        """Write `summary.json`."""
        _write_json(self.path / SUMMARY, summary)

    def read_summary(self) -> Summary:
        """Return the run in figures.

        Raises:
            RunDataError: there is none, or it cannot be read.
        """
        return _read_json(self.path / SUMMARY, Summary)


def _read_manifest(path: Path) -> Manifest:
    if not path.is_dir():
        raise RunDataError(f"run folder {path} does not exist")
    if not (path / MANIFEST).is_file():
        raise RunDataError(f"{path} is not a run folder: it has no {MANIFEST}")
    raw = _read_json(path / MANIFEST, dict[str, Any])
    version = raw.get("schema_version")
    if version != SCHEMA_VERSION:
        raise RunDataError(
            f"run folder {path} has schema version {version!r}; this bkash-bench reads"
            f" version {SCHEMA_VERSION}"
        )
    try:
        return msgspec.convert(raw, Manifest)
    except msgspec.ValidationError as error:
        raise RunDataError(f"{path / MANIFEST} is not a manifest: {error}") from error


def _read_json(path: Path, kind: type[T], missing: T | None = None) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        if missing is not None:
            return missing
        raise RunDataError(f"{path.parent} has no {path.name}") from None
    except OSError as error:
        raise RunDataError(f"cannot read {path}: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise RunDataError(f"{path} is truncated or malformed: {error}") from error


def _write_json(path: Path, value: object) -> None:
    """Write through a temporary file, so that a reader never sees half a document."""
    text = msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=2)
    partial = path.with_suffix(".partial")
    partial.write_bytes(text + b"\n")
    partial.replace(path)
