"""A baseline: the figures of a run as a small file, made to live in git.

One line per set of times, in a fixed order, so that the difference of two versions reads as a table
of what became faster and slower. It holds no time stamp, machine or path: the same code gives the
same bytes (on the virtual clock), and a file that did not change is no change.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from harness.errors import ConfigurationError
from harness.gate.figures import Times, VariantFigures
from harness.gate.identity import Identity, identify
from harness.gate.metric import STATISTICS
from harness.rundata import Manifest
from harness.stats import Interval

__all__ = ["BASELINE_BYTES", "BASELINE_VERSION", "Baseline", "read_baseline", "write_baseline"]

BASELINE_VERSION = 1
"""Version of the file's format."""

BASELINE_BYTES = 10_000_000
"""Largest file that is read; a baseline of seven variants has 20 kB."""

_FORMAT = "bkash-bench baseline"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Hold what later runs are compared with.

    Attributes:
        identity: what was asked of the run.
        variants: its figures by variant.
        origin: where it was read, for messages; "" for one just made.
    """

    identity: Identity
    variants: dict[str, VariantFigures]
    origin: str = ""

    @classmethod
    def of_run(
        cls, manifest: Manifest, figures: dict[str, VariantFigures], *, origin: str = ""
    ) -> "Baseline":
        """Return the baseline that a run makes."""
        return cls(identify(manifest), figures, origin)


class _TimesLine(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One set of times as it stands in the file; absent where a statistic does not exist."""

    n: int | None = None
    mean: float | None = None
    p50: float | None = None
    p90: float | None = None
    p95: float | None = None
    p99: float | None = None
    max: float | None = None
    intervals: dict[str, tuple[float, float]] = {}


class _VariantPart(msgspec.Struct, forbid_unknown_fields=True):
    payments: int
    digest: str
    counts: dict[str, float]
    times: dict[str, _TimesLine]
    stages: dict[str, _TimesLine]


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    version: int
    identity: Identity
    variants: dict[str, _VariantPart]


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline, over one that stands there.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    text = "\n".join(_lines(msgspec.to_builtins(_document(baseline)), depth=0)) + "\n"
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise ConfigurationError(f"cannot write baseline {path}: {error.strerror}") from error


def read_baseline(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        ConfigurationError: it is missing, no baseline, broken, or of another version.
    """
    document = _decode(path, _read(path))
    return Baseline(
        identity=document.identity,
        variants={name: _figures(part) for name, part in document.variants.items()},
        origin=str(path),
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(BASELINE_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(
            f"cannot read baseline {path}: {error.strerror}; make it with"
            f" bkash-bench baseline RUN -o {path}"
        ) from error
    if len(content) > BASELINE_BYTES:
        raise ConfigurationError(f"baseline {path} is larger than {BASELINE_BYTES} bytes")
    return content


def _decode(path: Path, content: bytes) -> _Document:
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ConfigurationError(f"baseline {path} is broken: {error}") from error
    if not isinstance(raw, dict) or raw.get("format") != _FORMAT:
        raise ConfigurationError(
            f"{path} is not a baseline; make one with bkash-bench baseline RUN -o {path}"
        )
    if raw.get("version") != BASELINE_VERSION:
        raise ConfigurationError(
            f"baseline {path} has version {raw.get('version')!r}; this bkash-bench reads version"
            f" {BASELINE_VERSION}. Renew it with bkash-bench baseline RUN -o {path}"
        )
    try:
        return msgspec.convert(raw, _Document)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"baseline {path} is broken: {error}") from error


def _document(baseline: Baseline) -> _Document:
    return _Document(
        format=_FORMAT,
        version=BASELINE_VERSION,
        identity=baseline.identity,
        variants={name: _part(figures) for name, figures in baseline.variants.items()},
    )


def _part(figures: VariantFigures) -> _VariantPart:
    return _VariantPart(
        payments=figures.payments,
        digest=figures.digest,
        counts=figures.counts,
        times={name: _line(times) for name, times in figures.times.items()},
        stages={name: _line(times) for name, times in sorted(figures.stages.items())},
    )


def _line(times: Times) -> _TimesLine:
    intervals = {name: (i.low, i.high) for name, i in times.intervals.items()}
    return _TimesLine(n=times.n, **times.values, intervals=intervals)


def _figures(part: _VariantPart) -> VariantFigures:
    return VariantFigures(
        payments=part.payments,
        times={name: _times(line) for name, line in part.times.items()},
        stages={name: _times(line) for name, line in part.stages.items()},
        counts=part.counts,
        digest=part.digest,
    )


def _times(line: _TimesLine) -> Times:
    values = {name: getattr(line, name) for name in STATISTICS}
    return Times(
        n=line.n,
        values={name: value for name, value in values.items() if value is not None},
        intervals={name: Interval(low, high) for name, (low, high) in line.intervals.items()},
    )


def _lines(value: dict[str, Any], *, depth: int) -> Iterator[str]:
    """Yield JSON with one line per set of times, which neither of json's two layouts does."""
    yield "{"
    items = list(value.items())
    for place, (key, inner) in enumerate(items):
        comma = "," if place < len(items) - 1 else ""
        start = f"{'  ' * (depth + 1)}{json.dumps(key)}: "
        if isinstance(inner, dict) and not _is_leaf(inner):
            first, *rest = _lines(inner, depth=depth + 1)
            yield start + first
            yield from rest[:-1]
            yield rest[-1] + comma
        else:
            yield start + json.dumps(inner, ensure_ascii=False) + comma
    yield "  " * depth + "}"


def _is_leaf(value: dict[str, Any]) -> bool:
    """Tell what stands on one line: times (they have statistics), and what is empty."""
    return not value or not set(value).isdisjoint({"n", *STATISTICS})
