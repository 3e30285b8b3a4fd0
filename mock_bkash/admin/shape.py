"""What the admin API answers, as types: each is a JSON object with just these fields."""

from typing import Any, NotRequired, TypedDict

from mock_bkash.config import ApproveMode
from mock_bkash.journal import Call

__all__ = [
    "CaptureShown",
    "ClockShown",
    "CountersShown",
    "DoorShut",
    "FaultsLifted",
    "FaultsShown",
    "Health",
    "JournalShown",
    "LedgerShown",
    "PaymentSettled",
    "PaymentShown",
    "PaymentsShown",
    "PlanShown",
    "Problem",
    "RefundShown",
    "ResetDone",
    "RuleShown",
    "TimelineShown",
    "TokenLimitShown",
]


class Problem(TypedDict):
    """A request that was not done: a word for programs, a sentence for people."""

    error: str
    message: str


class Health(TypedDict):
    """That the mock is up, and how it was configured."""

    status: str
    profile: str
    seed: int
    time_scale: float
    approve: ApproveMode
    token_lifetime_s: float
    token_limit: str
    duplicate_window_s: float
    not_approved_code: str
    callback_form: str
    quirks: list[str]
    app_keys: list[str]
    unattributed_calls: dict[str, int]


class PaymentShown(TypedDict):
    """What anybody may know about a payment."""

    payment_id: str
    mode: str
    intent: str | None
    state: str
    amount_poisha: int
    currency: str
    invoice: str
    payer_reference: str
    wallet: str | None
    trx_id: str | None
    agreement_id: str | None
    created_at: str
    executed_at: str | None
    settled_at: str | None
    declined_with: str | None
    calls: int


class PaymentSettled(PaymentShown):
    """A payment that waits for its shopper no more, and the address they are sent back to."""

    callback: str


class PaymentsShown(TypedDict):
    """Payments of an app key, oldest first."""

    app_key: str
    total: int
    offset: int
    payments: list[PaymentShown]


class CaptureShown(TypedDict):
    """Money that a payment brought."""

    payment_id: str
    trx_id: str
    amount_poisha: int
    currency: str
    invoice: str
    captured_at: str


class RefundShown(TypedDict):
    """Money that was given back."""

    payment_id: str
    refund_trx_id: str
    amount_poisha: int
    sku: str
    reason: str
    refunded_at: str


class LedgerShown(TypedDict):
    """Every movement of money that is kept, and exact sums."""

    app_key: str
    captures: list[CaptureShown]
    refunds: list[RefundShown]
    total_poisha: int
    refunded_poisha: int
    captures_forgotten: int


class TokenLimitShown(TypedDict):
    """How often bKash would have refused a token call, or does."""

    over_limit: int
    blocks: int
    blocked: bool


class CountersShown(TypedDict):
    """Exact counts since an app key became known or was reset."""

    app_key: str
    calls: dict[str, int]
    errors: dict[str, int]
    payments_created: int
    connections: int
    token_limit: TokenLimitShown


class JournalShown(TypedDict):
    """Exact totals per operation, and the last calls in full."""

    app_key: str
    totals: dict[str, int]
    capacity: int
    calls: list[Call]


class TimelineShown(TypedDict):
    """The calls of one payment by their arrival."""

    app_key: str
    payment_id: str
    state: str
    calls: list[Call]


class ResetDone(TypedDict):
    """App keys that were forgotten."""

    reset: list[str]


class RuleShown(TypedDict):
    """One rule of a plan, as it was written and with its defaults, and what it did."""

    fault: str
    moment: str
    operations: list[str]
    probability: float
    first: int | None
    count: int | None
    from_s: float
    until_s: float | None
    ramp_s: float
    match: dict[str, str]
    seconds: NotRequired[float]
    status: NotRequired[int]
    message: NotRequired[str]
    retry_after: NotRequired[str]
    code: NotRequired[str]
    answer: NotRequired[str]
    bytes_per_s: NotRequired[float]
    share: NotRequired[float]
    size_bytes: NotRequired[int]
    field: NotRequired[str]
    value: NotRequired[str | float | bool | None]
    matched: int
    fired: int
    unused: bool
    lifted: bool


class ShuttingShown(TypedDict):
    """When a plan lets the server refuse connections, and whether it has not come to that."""

    shut_after_s: float
    shut_s: float
    unused: bool


class PlanShown(TypedDict):
    """A plan in force."""

    name: str
    source: str
    in_force_s: float
    ttl_s: float | None
    lifted: bool
    unused: bool
    door: list[ShuttingShown]
    faults: list[RuleShown]


class FaultsShown(TypedDict):
    """The plans in force for an app key, and single faults that requests asked for."""

    app_key: str
    plans: list[PlanShown]
    single: dict[str, int]
    unused: list[str]


class FaultsLifted(TypedDict):
    """Plans that are in force no more."""

    app_key: str
    lifted: list[str]


class ClockShown(TypedDict):
    """What time it is for an app key."""

    app_key: str
    now: str
    epoch_ms: int
    elapsed_s: float
    advanced_s: float


class DoorShut(TypedDict):
    """For how long new connections are refused, modelled seconds."""

    shut_s: float


Document = dict[str, Any]
"""An OpenAPI document."""
