"""What a reader has to know before believing a run, as an enum of sentences.

Each sentence says what was seen, why it matters, and what to try.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

__all__ = ["RunWarning", "WarningKind", "gather"]


class WarningKind(Enum):
    """Name what can be wrong with a run: whether it makes the run invalid, and the sentence."""

    NO_PAYMENTS = (
        True,
        "no payment succeeded after the warm-up, so there is nothing to measure. See the outcomes"
        " of the requests, and the log.",
    )
    RATE_MISSED = (
        True,
        "{seen} of {planned} planned payments per second came ({missed} % off): the load that was"
        " asked for did not arrive, so waiting times are too good. Lower --rate or use a faster"
        " machine.",
    )
    ERRORS = (
        True,
        "{failed} of {n} payments failed ({outcomes}). They are counted here and in no quantile, so"
        " the times shown are those of the lucky ones.",
    )
    GENERATOR_BUSY = (
        True,
        "The load generator used {share} % of a core (limit {limit} %): it was busy itself when it"
        " should have been measuring, so part of the times is its own. Lower --rate.",
    )
    INTERRUPTED = (
        True,
        "The run was stopped before its arrivals were over; what had been recorded by then is"
        " shown.",
    )
    AUDIT_VIOLATED = (
        True,
        "the ledger audit found {violations} in {n} payments. A variant that loses or doubles money"
        " is not faster, it is broken.",
    )
    SCALE_WITHOUT_STAGES = (
        True,
        "no modelled waits were reported, so times at time scale {scale} cannot be brought to full"
        " size and must not be compared. Run it at --time-scale 1.",
    )
    BASELINE_MISSING = (
        False,
        "The baseline {baseline} has no payments in this run, so no change can be given.",
    )
    LAG_HIGH = (
        False,
        "one payment in twenty was sent {lag} ms late or more by the load generator. The delay is"
        " part of the payment time shown, though the shop did not cause it.",
    )
    WARMUP_SHORT = (
        False,
        "our own overhead was {early} ms in the first tenth of the payments and {late} ms after:"
        " the warm-up of {warmup} s was too short. Raise it, or trust the later payments.",
    )
    NO_WARMUP = (
        False,
        "no payments were spent on warming up, so first-time costs (imports, connections, caches)"
        " are part of the figures.",
    )
    FEW_PAYMENTS = (
        False,
        "with {n} payments, fewer than {beyond} lie beyond {quantile}, so one shopper’s bad luck"
        " moves it. Raise --duration or --rate.",
    )
    UNACCOUNTED_LARGE = (
        False,
        "{share} % of the mean payment time is explained by no stage. Time stages in more places,"
        " or look at the machine.",
    )
    NO_STAGES = (
        False,
        "no Server-Timing stages were sent: payment times were measured, but not where they went."
        " See docs/measurement.md for the one header line that would tell.",
    )
    FEW_EXPIRIES = (
        False,
        "The run covered {lifetimes} token lifetimes: payments that meet an expired token are too"
        " few to judge by. Lower --token-lifetime or raise --duration.",
    )
    NO_COSTS = (
        False,
        "calls, queries and memory were not counted (the run ended before they were read); token"
        " calls are taken from the stages of the payments instead.",
    )
    NO_AUDIT = (
        False,
        "no ledger audit was made, so nobody checked that the payments add up.",
    )
    TORN_RECORD = (False, "{sentence} The figures rest on what was written before.")
    NOTE = (False, "{sentence}")

    @property
    def invalidates(self) -> bool:
        """Whether the run's numbers must not be believed."""
        return self.value[0]

    def about(self, variant: str | None = None, **facts: object) -> "RunWarning":
        """Return the warning with its facts filled in; `variant` is None for the whole run."""
        variants = () if variant is None else (variant,)
        return RunWarning(kind=self, words=self.value[1].format(**facts), variants=variants)


@dataclass(frozen=True, slots=True)
class RunWarning:
    """Hold one thing that a reader has to know.

    Attributes:
        kind: what is wrong.
        words: the same in words, with its figures.
        variants: the variants it is about; empty for the whole run.
    """

    kind: WarningKind
    words: str
    variants: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The warning as it is shown: variants, if any, and words."""
        return f"{', '.join(self.variants)}: {self.words}" if self.variants else self.words


def gather(warnings: Iterable[RunWarning]) -> list[RunWarning]:
    """Make one of warnings that say the same of several variants; what invalidates comes first."""
    about: dict[tuple[WarningKind, str], tuple[str, ...]] = {}
    for warning in warnings:
        key = (warning.kind, warning.words)
        about[key] = about.get(key, ()) + warning.variants
    gathered = [RunWarning(kind, words, variants) for (kind, words), variants in about.items()]
    return sorted(gathered, key=lambda warning: not warning.kind.invalidates)
