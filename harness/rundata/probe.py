"""`probe.json`: what a probe saw of a shop, and what it found; also what `probe --json` prints.

Documented in `docs/probe.md`. All `*_ns` of requests and calls are wall nanoseconds since the
probe's start, on the shopper's clock; those of stages are offsets from the arrival of their request
at the shop. A figure that does not exist is null.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.rundata.record_file import RecordFile

__all__ = [
    "PROBE",
    "Agreement",
    "CheckState",
    "Mistake",
    "ProbeCall",
    "ProbeCheck",
    "ProbeFigures",
    "ProbeFinding",
    "ProbePayment",
    "ProbePurpose",
    "ProbeRecord",
    "ProbeRequest",
    "ProbeStage",
]


_PAID_REQUESTS = ("make_payment", "callback")


class ProbePurpose(StrEnum):
    """Say why a payment was made."""

    ROUTINE = "routine"
    """One shopper after the other, nothing special: what the figures come from."""
    REFUSED_TOKEN = "refused_token"
    """Two at once whose token bKash refuses."""
    FORGED_CALLBACK = "forged_callback"
    ALTERED_AMOUNT = "altered_amount"
    LOST_ANSWER = "lost_answer"
    """Its execute is carried out, and the answer lost."""
    HUNG_GATEWAY = "hung_gateway"
    """Its execute is never answered."""
    LAST_SECOND = "last_second"
    """Comes in the last moments of a token's life."""
    EXPIRED_TOKEN = "expired_token"
    """Comes after the end of it."""


class Mistake(StrEnum):
    """Name what a probe looks for, in the order in which it is documented."""

    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"
    GATEWAY_NOT_CALLED = "gateway_not_called"
    PAYMENTS_FAIL = "payments_fail"
    GRANT_PER_REQUEST = "grant_per_request"
    NO_SINGLE_FLIGHT = "no_single_flight"
    TOKEN_TO_LAST_SECOND = "token_to_last_second"
    TOKEN_NOT_REPLACED = "token_not_replaced"
    NEW_CONNECTION_PER_CALL = "new_connection_per_call"
    NO_TIMEOUT = "no_timeout"
    BLIND_RETRY = "blind_retry"
    PAID_UNCONFIRMED = "paid_unconfirmed"
    NEEDLESS_QUERY = "needless_query"
    SERIAL_WORK = "serial_work"
    CALLBACK_BELIEVED = "callback_believed"
    CLIENT_AMOUNT = "client_amount"


class CheckState(StrEnum):
    """Say what came of looking for a mistake."""

    FOUND = "found"
    CLEAR = "clear"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class ProbeStage:
    """Hold a stage of the shop's own `Server-Timing`."""

    name: str
    start_ns: int
    duration_ns: int

    @property
    def end_ns(self) -> int:
        """Offset of its end."""
        return self.start_ns + self.duration_ns


@dataclass(frozen=True, slots=True)
class ProbeRequest:
    """Hold a request of the shopper as it went.

    Attributes:
        name: `land`, `prefetch`, `make_payment`, `approve` or `callback`.
        start_ns: when it was sent.
        end_ns: when the answer was complete, or given up.
        status: HTTP status, 0 where no answer came.
        outcome: "ok" or a word for what went wrong.
        error: the same for people.
        stages: what the shop said about it in `Server-Timing`.
    """

    name: str
    start_ns: int
    end_ns: int
    status: int
    outcome: str
    error: str = ""
    stages: tuple[ProbeStage, ...] = ()

    @property
    def duration_ns(self) -> int:
        """Time from sending to the whole answer."""
        return self.end_ns - self.start_ns


@dataclass(frozen=True, slots=True)
class ProbeCall:
    """Hold a call of the shop to the mock.

    Attributes:
        operation: `token_grant`, `create_payment`, …
        start_ns: when its head was read.
        end_ns: when its answer was handed to the network.
        modelled_ns: how much of it the latency profile asked for.
        new_connection: whether it was the first on its connection.
        status: HTTP status, 0 where a fault left it without an answer.
        code: bKash's code, or the HTTP status where the gateway refused in its own words.
        request: name of the shopper's request that waited meanwhile, "" for none.
    """

    operation: str
    start_ns: int
    end_ns: int
    modelled_ns: int
    new_connection: bool
    status: int
    code: str
    request: str = ""

    @property
    def duration_ns(self) -> int:
        """Time inside the mock."""
        return self.end_ns - self.start_ns


@dataclass(frozen=True, slots=True)
class ProbePayment:
    """Hold one payment of the probe.

    Attributes:
        number: from 1, in the order in which they began.
        purpose: why it was made.
        payment_id: bKash's, "" where none was told.
        outcome: "ok" where it went as its shopper wanted; else that of the request that did not.
        error: the same for people.
        requests: in the order in which they were sent.
        calls: those of the shop that belong to it, by their start.
    """

    number: int
    purpose: ProbePurpose
    payment_id: str
    outcome: str
    error: str
    requests: tuple[ProbeRequest, ...]
    calls: tuple[ProbeCall, ...] = ()

    @property
    def paid(self) -> bool:
        """Whether the shop said that it was paid."""
        return self.outcome == "ok" and self.request("callback") is not None

    @property
    def duration_ns(self) -> int:
        """Payment time: make-payment and callback."""
        return sum(r.duration_ns for r in self.requests if r.name in _PAID_REQUESTS)

    def request(self, name: str) -> ProbeRequest | None:
        """Return the last request of a name, None where none was sent."""
        return next((r for r in reversed(self.requests) if r.name == name), None)

    def calls_of(self, *operations: str) -> list[ProbeCall]:
        """Return its calls of these operations, by their start."""
        return [call for call in self.calls if call.operation in operations]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Compare a gap seen from outside with the shop's own `Server-Timing`.

    Attributes:
        stage: the shop's stage (`create_payment`): how long after the request's arrival it began.
        payments: how many were compared.
        outside_s: median of the gap as the probe saw it, seconds.
        inside_s: median of the gap as the shop stated it, seconds.
        median_difference: median of |outside − inside| / inside.
        worst_difference: the largest.
    """

    stage: str
    payments: int
    outside_s: float
    inside_s: float
    median_difference: float
    worst_difference: float


@dataclass(frozen=True, slots=True)
class ProbeFigures:
    """Hold medians over the routine payments, seconds, and counts over all of them.

    Attributes:
        payments: how many were paid.
        payment_s: payment time; `make_payment_s` and `callback_s` are its two requests.
        create_s, execute_s: bKash's two calls.
        token_s, query_s: mean per payment of token calls and queries that a shopper waited for.
        make_payment_token_s, callback_token_s: token calls waited for in either request.
        callback_query_s: queries waited for in the callback.
        before_create_s, after_create_s: the shop's own time in make-payment until create, and from
            its end to the answer, other gateway calls left out.
        before_execute_s, after_execute_s: the same in the callback.
        token_calls: grants and refreshes from the first payment to the last, wherever they fell.
        gateway_calls, new_connections: of the routine payments.
    """

    payments: int
    payment_s: float | None
    make_payment_s: float | None
    callback_s: float | None
    create_s: float | None
    execute_s: float | None
    token_s: float
    query_s: float
    before_create_s: float | None
    after_create_s: float | None
    before_execute_s: float | None
    after_execute_s: float | None
    token_calls: int
    gateway_calls: int
    new_connections: int
    make_payment_token_s: float | None = None
    callback_token_s: float | None = None
    callback_query_s: float | None = None


@dataclass(frozen=True, slots=True)
class ProbeFinding:
    """Hold one finding.

    Attributes:
        mistake: its name, for `--fail-on`.
        title: the mistake in a sentence.
        evidence: sentences with payments, calls and numbers.
        cost_s: seconds that it costs at the profile; None where it costs something else.
        every_payment: whether it costs that at each payment, not only now and then.
        cost: what it costs, in words.
        remedy: what to do.
        payments: numbers of the payments that show it.
    """

    mistake: str
    title: str
    evidence: tuple[str, ...]
    cost_s: float | None
    every_payment: bool
    cost: str
    remedy: str
    payments: tuple[int, ...] = ()

    @property
    def lesser(self) -> bool:
        """Whether it costs nothing as things are: no seconds at the profile, no money, no goods."""
        return self.cost_s == 0


@dataclass(frozen=True, slots=True)
class ProbeCheck:
    """Say what came of looking for one mistake.

    Attributes:
        mistake: its name.
        looked_for: the mistake in words.
        state: what came of it.
        reason: what was seen, or why it could not be looked for.
    """

    mistake: str
    looked_for: str
    state: CheckState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRecord:
    """Hold a probe.

    Attributes:
        schema_version: of the file; it rises when a number changes its meaning.
        created_utc: ISO 8601 with offset.
        command: the command line.
        target: name of the target.
        url: base URL of the shop.
        gateway_url: what the shop has to call.
        profile: name of the latency profile; `profile_data` the profile itself.
        seed: of its draws.
        duration_s: how long the probe took, wall.
        probed: whether enough payments succeeded to say anything.
        clock_accuracy_s: half the width in which the offset between the two clocks lies; None
            where it could not be measured.
        app_key: which the shop calls with; None where it never called.
        findings: the costliest first.
        checks: one per mistake, in the order of the documentation.
        figures: None where nothing was paid.
        agreements: with the shop's own `Server-Timing`.
        payments: all of them.
        notes: sentences that a reader has to know.
        versions, machine: what it ran with and on.
    """

    schema_version: int
    created_utc: str
    command: tuple[str, ...]
    target: str
    url: str
    gateway_url: str
    profile: str
    profile_data: dict[str, Any]
    seed: int
    duration_s: float
    probed: bool
    clock_accuracy_s: float | None
    app_key: str | None
    findings: tuple[ProbeFinding, ...]
    checks: tuple[ProbeCheck, ...]
    figures: ProbeFigures | None
    agreements: tuple[Agreement, ...]
    payments: tuple[ProbePayment, ...]
    notes: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    machine: dict[str, Any] = field(default_factory=dict)


PROBE = RecordFile("probe.json", ProbeRecord, version=1)
