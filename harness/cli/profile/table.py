"""Latency profiles for the terminal."""

from collections.abc import Iterable
from typing import Any

import rich.table

from harness.cli.needed_operations import missing_operations
from harness.cli.profile.fitting import FittedProfile
from harness.merchant import BUILTIN
from mock_bkash.latency import Distribution, Profile

__all__ = ["fit_table", "gap_sentences", "network_sentence", "profile_document", "profile_table"]

_NONE = "–"


def profile_table(profile: Profile) -> rich.table.Table:
    """Return a row per operation: shape, median, p95 and tail."""
    table = _empty_table()
    for head in ("operation", "shape"):
        table.add_column(head, no_wrap=True)
    for head in ("median s", "p95 s", "tail"):
        table.add_column(head, justify="right", no_wrap=True)
    for name, distribution in profile.operations.items():
        table.add_row(name, str(distribution.to_dict()["kind"]), *_figures(distribution))
    return table


def fit_table(fitted: FittedProfile) -> rich.table.Table:
    """Return a row per fitted operation: samples, what was written, how near it is."""
    table = _empty_table()
    table.add_column("operation", no_wrap=True)
    table.add_column("samples", justify="right", no_wrap=True)
    table.add_column("shape", no_wrap=True)
    for head in ("median s", "p95 s", "tail", "distance"):
        table.add_column(head, justify="right", no_wrap=True)
    for operation in fitted.operations:
        table.add_row(
            operation.name,
            f"{operation.fit.n:,}",
            operation.kind,
            *_figures(operation.distribution),
            f"{operation.fit.ks_distance:.3f}",
        )
    return table


def gap_sentences(profile: Profile) -> list[str]:
    """Return what the profile lacks of what the built-in variants need."""
    missing = missing_operations(profile, BUILTIN.values())
    if not profile.operations or not missing:
        return []
    return [
        f"Without a time: {', '.join(missing)}. Built-in variants need them, and they would take"
        " none; 'profile fit --base guide' fills the gaps."
    ]


def network_sentence(profile: Profile) -> str:
    """Return the distances in a sentence."""
    network = profile.network
    return (
        f"Round trips: {network.gateway_round_trip_s:g} s to bKash,"
        f" {network.shopper_round_trip_s:g} s to shoppers."
    )


def profile_document(profile: Profile) -> dict[str, Any]:
    """Return the profile for machines: as in its file, with median and p95 of every operation."""
    document = profile.to_dict()
    document["quantiles"] = {
        name: {"median_s": d.median_s(), "p95_s": d.shape.quantile_s(0.95)}
        for name, d in profile.operations.items()
    }
    document["missing"] = list(missing_operations(profile, BUILTIN.values()))
    return document


def _empty_table() -> rich.table.Table:
    return rich.table.Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))


def _figures(distribution: Distribution) -> Iterable[str]:
    yield f"{distribution.median_s():.4g}"
    yield f"{distribution.shape.quantile_s(0.95):.4g}"
    tail = distribution.tail
    yield _NONE if tail is None else f"{tail.probability:.2%} × {tail.factor:.3g}"
