"""From timings to a latency profile: each operation fitted, or repeated as it was measured."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from harness.cli.profile.timings import Timings
from harness.errors import ConfigurationError
from harness.stats.latency_fit import FEW_SAMPLES, LatencyFit, fit_latency
from mock_bkash.latency import (
    OPERATIONS,
    Constant,
    Distribution,
    Empirical,
    Lognormal,
    Network,
    Profile,
    Tail,
    profile_toml,
)

__all__ = ["FittedOperation", "FittedProfile", "fit_profile", "write_fitted"]

MIN_EMPIRICAL: Final = 50
"""Fewer samples repeated as they are would say that nothing slower can happen than they saw."""

MAX_EMPIRICAL: Final = 10_000
"""Samples written to a data file at most: beyond, evenly spaced quantiles say as much."""


@dataclass(frozen=True, slots=True)
class FittedOperation:
    """Hold what became of one operation.

    Attributes:
        name: of the operation.
        fit: the model, and how far it is from the samples.
        distribution: what the profile says.
        remarks: sentences about it.
    """

    name: str
    fit: LatencyFit
    distribution: Distribution
    remarks: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return the kind of shape, as a profile file names it."""
        return str(self.distribution.to_dict()["kind"])


@dataclass(frozen=True, slots=True)
class FittedProfile:
    """Hold a profile made from timings.

    Attributes:
        profile: ready to be written.
        operations: those with timings.
        borrowed: operations taken from the base.
        base: its name; None without one.
        source: the file with the timings.
        has_stand_ins: whether whole requests stand in for an operation.
    """

    profile: Profile
    operations: tuple[FittedOperation, ...]
    borrowed: tuple[str, ...]
    base: str | None
    source: str
    has_stand_ins: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what is to be said about the whole of it."""
        if not (self.borrowed and self.has_stand_ins):
            return ()
        return (
            "whole requests stand in for create and execute, and the operations from profile"
            f" {self.base!r} are in them already: payment times come out too long",
        )


def fit_profile(timings: Timings, *, name: str, base: Profile | None, stem: str) -> FittedProfile:
    """Fit every operation; what has no timings is taken from `base`.

    Args:
        timings: of production.
        name: of the profile.
        base: fills the gaps; None: they stay.
        stem: first part of the names of data files.
    """
    fitted = {
        operation: _fit(operation, values, timings, stem=stem)
        for operation, values in timings.seconds.items()
    }
    others = {} if base is None else _at_home(base, stem=stem)
    operations = {
        operation: fitted[operation].distribution if operation in fitted else others[operation]
        for operation in OPERATIONS
        if operation in fitted or operation in others
    }
    network = Network() if base is None else base.network
    if timings.shopper_round_trip_s is not None:
        network = Network(network.gateway_round_trip_s, timings.shopper_round_trip_s)
    return FittedProfile(
        profile=Profile(name, operations, network),
        operations=tuple(fitted[op] for op in OPERATIONS if op in fitted),
        borrowed=tuple(op for op in operations if op not in fitted),
        base=None if base is None else base.name,
        source=timings.source,
        has_stand_ins=bool(timings.stand_ins),
    )


def write_fitted(fitted: FittedProfile, path: Path, *, overwrite: bool) -> list[Path]:
    """Write the profile and its data files; return the paths, the profile's first.

    Raises:
        ConfigurationError: one of them exists, or cannot be written.
    """
    texts = {path: _toml(fitted)}
    for name, distribution in fitted.profile.operations.items():
        if isinstance(distribution.shape, Empirical):
            file = path.parent / distribution.shape.file
            texts[file] = _data(name, distribution.shape, source=fitted.source)
    standing = next((place for place in texts if place.exists()), None)
    if standing is not None and not overwrite:
        raise ConfigurationError(f"{standing} exists already; name another with -o, or add --force")
    for place, text in reversed(texts.items()):
        # The profile last: where it is, its data files are.
        _write(place, text)
    return list(texts)


def _at_home(base: Profile, *, stem: str) -> dict[str, Distribution]:
    """Return the base's operations with data files beside the new profile, not beside the base."""
    return {
        name: replace(d, shape=Empirical(d.shape.samples_s, _data_file(stem, name)))
        if isinstance(d.shape, Empirical)
        else d
        for name, d in base.operations.items()
    }


def _data_file(stem: str, operation: str) -> str:
    return f"{stem}.{operation}.txt"


def _fit(
    operation: str, values: tuple[float, ...], timings: Timings, *, stem: str
) -> FittedOperation:
    fit = fit_latency(values)
    distribution = _distribution(fit, values, file=_data_file(stem, operation))
    return FittedOperation(
        operation, fit, distribution, tuple(_remarks(operation, fit, distribution, timings))
    )


def _distribution(fit: LatencyFit, values: tuple[float, ...], *, file: str) -> Distribution:
    if not fit.fits and fit.n >= MIN_EMPIRICAL:
        return Distribution(Empirical(_thin(values), file))
    if fit.median_s == fit.p95_s:
        return Distribution(Constant(fit.median_s))
    tail = None
    if fit.tail_probability is not None and fit.tail_factor is not None:
        tail = Tail(fit.tail_probability, fit.tail_factor)
    return Distribution(Lognormal(fit.median_s, fit.p95_s), tail)


def _thin(values: tuple[float, ...]) -> tuple[float, ...]:
    if len(values) <= MAX_EMPIRICAL:
        return tuple(sorted(values))
    levels = np.linspace(0, 1, MAX_EMPIRICAL)
    return tuple(float(value) for value in np.quantile(np.asarray(values), levels))


def _remarks(
    operation: str, fit: LatencyFit, distribution: Distribution, timings: Timings
) -> Iterable[str]:
    if operation in timings.stand_ins:
        yield (
            f"{timings.origins[operation]}: they contain the shop's own work and its database, so"
            " this is an upper bound; send Server-Timing to tell them apart"
        )
    if fit.n < FEW_SAMPLES:
        yield _few(fit)
    if isinstance(distribution.shape, Empirical):
        yield (
            f"no lognormal fits (distance {fit.ks_distance:.2f}), so the times are repeated as"
            " they were measured"
        )
    elif not fit.fits:
        yield (
            f"the lognormal fits badly (distance {fit.ks_distance:.2f}), and {fit.n} samples are"
            " too few to repeat them instead"
        )


def _few(fit: LatencyFit) -> str:
    if fit.median_error is None:
        return "only one sample: nobody can say how far times spread"
    return f"only {fit.n} samples: the median may be {fit.median_error:.0%} off"


def _toml(fitted: FittedProfile) -> str:
    head = [f"Latency profile made by 'bkash-bench profile fit' from {fitted.source}."]
    if fitted.borrowed:
        head.append(f"Without timings, taken from profile {fitted.base!r}:")
        head.append(f"{', '.join(fitted.borrowed)}.")
    head += fitted.notes
    remarks = {
        operation.name: (
            f"{operation.fit.n:,} samples, distance to the model {operation.fit.ks_distance:.3f}",
            *operation.remarks,
        )
        for operation in fitted.operations
    }
    borrowed = dict.fromkeys(fitted.borrowed, (f"from profile {fitted.base!r}",))
    return profile_toml(fitted.profile, head=head, remarks={**remarks, **borrowed})


def _data(operation: str, shape: Empirical, *, source: str) -> str:
    head = f"# {operation}: times of {source} in seconds, ascending"
    return "\n".join([head, *(f"{value_s:.6g}" for value_s in shape.samples_s)]) + "\n"


def _write(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise ConfigurationError(f"cannot write {path}: {error.strerror}") from error
