"""What a reader has to know before believing a run, as an enum of sentences.

Each sentence says what was seen, why it matters, and what to try.
"""

from dataclasses import dataclass
from enum import Enum

__all__ = ["RunWarning", "WarningKind"]


class WarningKind(Enum):
    """Name what can be wrong with a run: whether it makes the run invalid, and the sentence."""

    NO_PAYMENTS = (
        True,
        "{variant} has no successful payment after the warm-up, so there is nothing to measure."
        " See the outcomes of its requests, and its log.",
    )
    RATE_MISSED = (
        True,
        "{variant} got {seen} of {planned} planned payments per second ({missed} % off): the load"
        " that was asked for did not arrive, so waiting times are too good. Lower --rate or use a"
        " faster machine.",
    )
    ERRORS = (
        True,
        "{variant}: {failed} of {n} payments failed ({outcomes}). They are counted here and in no"
        " quantile, so the times shown are those of the lucky ones.",
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
        "{variant}: the ledger audit found {violations} violation(s) in {n} payments. A variant"
        " that loses or doubles money is not faster, it is broken.",
    )
    SCALE_WITHOUT_STAGES = (
        True,
        "{variant} reports no modelled waits, so its times at time scale {scale} cannot be brought"
        " to full size and must not be compared. Run it at --time-scale 1.",
    )
    BASELINE_MISSING = (
        False,
        "The baseline {baseline} has no payments in this run, so no change can be given.",
    )
    LAG_HIGH = (
        False,
        "{variant}: one request pair in twenty was sent more than {lag} ms late. The delay is"
        " part of the payment time shown, though the shop did not cause it.",
    )
    WARMUP_SHORT = (
        False,
        "{variant}: our own overhead was {early} ms in the first tenth of the payments and {late}"
        " ms after: the warm-up of {warmup} s was too short. Raise it, or trust later payments.",
    )
    NO_WARMUP = (
        False,
        "{variant}: no payments were spent on warming up, so first-time costs (imports,"
        " connections, caches) are part of the figures.",
    )
    FEW_PAYMENTS = (
        False,
        "{variant} has {n} payments: fewer than {beyond} lie beyond {quantile}, so one shopper's"
        " bad luck moves it. Raise --duration or --rate.",
    )
    UNACCOUNTED_LARGE = (
        False,
        "{variant}: {share} % of the mean payment time is explained by no stage. Time stages in"
        " more places, or look at the machine.",
    )
    NO_STAGES = (
        False,
        "{variant} sends no Server-Timing stages: its payment time was measured, but not where it"
        " went. See docs/measurement.md for the one header line that would tell.",
    )
    FEW_EXPIRIES = (
        False,
        "The run covered {lifetimes} token lifetimes: payments that meet an expired token are too"
        " few to judge by. Lower --token-lifetime or raise --duration.",
    )
    NO_COSTS = (
        False,
        "{variant}: its calls, queries and memory were not counted (the run ended before they were"
        " read); token calls are counted from its payments' stages instead.",
    )
    NO_AUDIT = (
        False,
        "{variant}: no ledger audit was made, so nobody checked that its payments add up.",
    )
    TORN_RECORD = (False, "{sentence} The figures rest on what was written before.")
    NOTE = (False, "{sentence}")

    @property
    def invalidates(self) -> bool:
        """Whether the run's numbers must not be believed."""
        return self.value[0]

    def about(self, variant: str | None = None, **facts: object) -> "RunWarning":
        """Return the sentence with its facts filled in."""
        sentence = self.value[1].format(variant=variant, **facts)
        return RunWarning(kind=self, sentence=sentence, variant=variant)


@dataclass(frozen=True, slots=True)
class RunWarning:
    """Hold one thing that a reader has to know.

    Attributes:
        kind: what is wrong.
        sentence: the same in words, with its figures.
        variant: the variant it is about; None for the whole run.
    """

    kind: WarningKind
    sentence: str
    variant: str | None = None
