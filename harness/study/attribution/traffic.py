"""The kinds of traffic under which optimizations are judged: what they save depends on who comes.

All live with bKash's own token life of an hour. A token that nobody needed for an hour has ended
when the next shopper comes (quiet), ends once in a while (normal), or has ended when everybody
comes at once (burst). `flaky` is normal traffic on a bad day of bKash and of the database.
"""

from dataclasses import dataclass
from typing import Final

from harness.errors import ConfigurationError
from harness.load import Burst
from harness.simulation import Arrivals, NetworkModel, VirtualScenario
from harness.simulation.loop import MAX_VIRTUAL_S
from mock_bkash.latency import Profile

__all__ = ["BURST_SHOPPERS", "KINDS", "TrafficKind", "make_scenario"]

_DAY_S: Final = 86_400.0
_HOUR_S: Final = 3600.0
_MINUTE_S: Final = 60.0

BURST_SHOPPERS: Final = 500
_BURST_LENGTH_S: Final = 120.0
_FIRST_BURST_S: Final = _HOUR_S / 2
"""The shop has been up for a while when admission opens, so that its own work at start is over."""

_BURST_EVERY_S: Final = 2 * _HOUR_S
"""Longer than a token lives: each burst finds an idle shop."""

_WARMUP_S: Final = _MINUTE_S
"""The very first token of a process is met once in its life, and not once in 2,000 payments."""


@dataclass(frozen=True, slots=True)
class TrafficKind:
    """Describe one kind.

    Attributes:
        name: as in `--traffic`.
        words: who comes when, for people.
        rate_per_s: steady arrivals; 0 where shoppers come in bursts only.
        warmup_s: whose payments are not counted.
        profile: latency profile that belongs to it; None: the one that the user names.
    """

    name: str
    words: str
    rate_per_s: float
    warmup_s: float = 0.0
    profile: str | None = None


KINDS: dict[str, TrafficKind] = {
    kind.name: kind
    for kind in (
        TrafficKind("quiet", "2 payments an hour", rate_per_s=2 / _HOUR_S),
        TrafficKind(
            "normal", "20 payments a minute", rate_per_s=20 / _MINUTE_S, warmup_s=_WARMUP_S
        ),
        TrafficKind("burst", "500 shoppers in two minutes, every two hours", rate_per_s=0.0),
        TrafficKind(
            "flaky",
            "20 payments a minute on a bad day",
            rate_per_s=20 / _MINUTE_S,
            warmup_s=_WARMUP_S,
            profile="flaky",
        ),
    )
}
"""The kinds by name, in the order of a report."""


def make_scenario(
    kind: TrafficKind, *, profile: Profile, payments: int, seed: int
) -> VirtualScenario:
    """Return the scenario of a kind of traffic.

    Args:
        kind: which.
        profile: of the latencies.
        payments: shoppers after the warm-up.
        seed: of every draw.

    Raises:
        ConfigurationError: the payments take too long.
    """
    bursts = () if kind.rate_per_s else tuple(_bursts(payments))
    arrivals = Arrivals(rate_per_s=kind.rate_per_s, bursts=bursts)
    _refuse_endless(kind, arrivals, payments)
    return VirtualScenario(
        profile=profile,
        seed=seed,
        arrivals=arrivals,
        payments=payments,
        warmup_s=kind.warmup_s,
        token_lifetime_s=_HOUR_S,
        network=NetworkModel.of(profile),
    )


def _bursts(payments: int) -> list[Burst]:
    return [
        Burst(
            shoppers=min(BURST_SHOPPERS, payments - begun),
            at_s=_FIRST_BURST_S + number * _BURST_EVERY_S,
            length_s=_BURST_LENGTH_S,
        )
        for number, begun in enumerate(range(0, payments, BURST_SHOPPERS))
    ]


def _refuse_endless(kind: TrafficKind, arrivals: Arrivals, payments: int) -> None:
    """Refuse more payments than fit into the time that a virtual clock has."""
    last_s = payments / kind.rate_per_s if kind.rate_per_s else arrivals.bursts[-1].at_s
    most_s = MAX_VIRTUAL_S - 2 * _DAY_S
    if last_s > most_s:
        raise ConfigurationError(
            f"--payments {payments}: under {kind.name} traffic they take {last_s / _DAY_S:.0f}"
            f" days, and the virtual clock ends after {MAX_VIRTUAL_S / _DAY_S:.0f}; at most"
            f" {int(payments * most_s / last_s)} there, or leave it out of --traffic"
        )
