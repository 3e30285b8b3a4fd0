"""What a probe has seen, and how far it came. Judges read it; nobody judges here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.probe.alignment import Alignment
from harness.probe.figures import make_figures
from harness.probe.mistake import Mistake
from harness.probe.operation import TOKEN_CALLS
from harness.probe.plan import ProbePlan
from harness.rundata import ProbeCall, ProbeFigures, ProbePayment

__all__ = ["Alteration", "Doubt", "EndOfLife", "Evidence", "Forgery", "RefusedParty"]


@dataclass(frozen=True, slots=True)
class RefusedParty:
    """Hold two payments at once whose token bKash refused.

    Attributes:
        payments: the two.
        refused: how many of their calls got a 401.
        token_calls: that the shop made meanwhile.
    """

    payments: tuple[ProbePayment, ...]
    refused: int
    token_calls: tuple[ProbeCall, ...]


@dataclass(frozen=True, slots=True)
class Forgery:
    """Hold a callback with `status=success` for a payment that was closed at bKash.

    Attributes:
        payment: how it went.
        called_paid: whether the shop said that it was paid.
        asked: calls about it that the shop made after the callback.
    """

    payment: ProbePayment
    called_paid: bool
    asked: tuple[ProbeCall, ...]


@dataclass(frozen=True, slots=True)
class Alteration:
    """Hold a payment whose browser named an amount of its own.

    Attributes:
        payment: how it went.
        asked_poisha: what the browser named.
        created_poisha: what bKash was asked for; None where nothing was created.
    """

    payment: ProbePayment
    asked_poisha: int
    created_poisha: int | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Hold a payment whose execute got no answer.

    Attributes:
        payment: how it went; its calls are those that named it.
        executed_ns: when its first execute arrived, since the probe's start.
        waited_s: from then until the shop did something else about it or answered; None where it
            was still waiting when nobody watched any more.
        watched_s: how long it was watched.
    """

    payment: ProbePayment
    executed_ns: int
    waited_s: float | None
    watched_s: float


@dataclass(frozen=True, slots=True)
class EndOfLife:
    """Hold what became of a token of a short life.

    Attributes:
        life_s: of the token.
        issued_ns: when it was issued, since the probe's start.
        payment: came in its last moments.
        later: came after its end, if one had to.
        token_calls: after its issue.
    """

    life_s: float
    issued_ns: int
    payment: ProbePayment
    later: ProbePayment | None
    token_calls: tuple[ProbeCall, ...]

    def age_s(self, moment_ns: int) -> float:
        """Return how old the token was at a moment."""
        return (moment_ns - self.issued_ns) / 1e9


@dataclass(slots=True)
class Evidence:
    """Hold what was seen so far.

    Attributes:
        plan: what was asked for.
        mock_url: root of the mock that the shop is to call; "" where nobody said.
        routine: routine payments.
        calls: all calls of the shop while they ran.
        app_key: which the shop calls with; None while it has not called.
        strangers: calls that belong to no app key.
        alignment: of the clocks; None before it was measured.
        party, forgery, alteration, end_of_life: None where not tried.
        doubts: payments whose execute got no answer.
        unseen: why something could not be looked for.
        notes: what a reader has to know.
    """

    plan: ProbePlan
    mock_url: str = ""
    routine: list[ProbePayment] = field(default_factory=list)
    calls: list[ProbeCall] = field(default_factory=list)
    app_key: str | None = None
    strangers: int = 0
    alignment: Alignment | None = None
    party: RefusedParty | None = None
    forgery: Forgery | None = None
    alteration: Alteration | None = None
    doubts: list[Doubt] = field(default_factory=list)
    end_of_life: EndOfLife | None = None
    unseen: dict[Mistake, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def round_trip_s(self) -> float:
        """Round trip to the gateway that the profile models."""
        return self.plan.round_trip_s

    @property
    def paid(self) -> list[ProbePayment]:
        """The routine payments that went well."""
        return [payment for payment in self.routine if payment.paid]

    @property
    def probed(self) -> bool:
        """Whether there is anything to judge by."""
        return bool(self.paid) and self.app_key is not None

    @property
    def figures(self) -> ProbeFigures | None:
        """The medians of the routine payments; None where nothing was paid."""
        return make_figures(self.routine, self.calls)

    @property
    def token_calls(self) -> list[ProbeCall]:
        """Token calls while the routine payments ran, wherever they fell."""
        return [call for call in self.calls if call.operation in TOKEN_CALLS]

    @property
    def keeps_token(self) -> bool:
        """Whether the shop makes fewer token calls than half its payments after the first."""
        later = max(len(self.routine) - 1, 1)
        return (len(self.token_calls) - 1) / later < 0.5

    @property
    def payments(self) -> list[ProbePayment]:
        """All payments, by their numbers."""
        return sorted(self._payments(), key=lambda payment: payment.number)

    def _payments(self) -> Iterable[ProbePayment]:
        yield from self.routine
        yield from () if self.party is None else self.party.payments
        yield from (doubt.payment for doubt in self.doubts)
        if self.forgery is not None:
            yield self.forgery.payment
        if self.alteration is not None:
            yield self.alteration.payment
        if self.end_of_life is not None:
            yield self.end_of_life.payment
            if self.end_of_life.later is not None:
                yield self.end_of_life.later
