"""What a merchant wrote and what shoppers saw: two views that an audit holds against the ledger.

This is the request of `POST /_mock/audit`. A view that is left out is not audited, and said so.
"""

from typing import Final

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Decoder

__all__ = [
    "ENDED_AGREEMENTS",
    "FINAL_STATES",
    "AgreementView",
    "AuditRequest",
    "MerchantPayment",
    "PayerView",
    "read_audit_request",
]

WAITING_STATES: Final = frozenset({"initiated", "created", "authorized"})
"""States in which it is the shopper's turn, create's answer is awaited, or money is held until the
merchant has something to deliver."""

FINAL_STATES: Final = frozenset(
    {
        "paid",
        "refunded",
        "declined",
        "failed",
        "cancelled",
        "voided",
        "expired",
        "abandoned",
        "review",
    }
)
"""States that are the end of a payment, by any of the usual words. All others are under way."""

MONEY_STATES: Final = frozenset({"paid", "refunded"})
"""States that say: the money was taken."""


ENDED_AGREEMENTS: Final = frozenset({"cancelled", "declined", "failed", "expired"})
"""States that are the end of an agreement; "active" is the one in which it can be used."""


class MerchantPayment(Struct, kw_only=True):
    """Hold one payment in the merchant's books.

    Attributes:
        ref: the merchant's name for it.
        order: what it pays for; several attempts may share one.
        payment_id: bKash's id; None where create never succeeded.
        amount_poisha, currency, invoice: as the books have them.
        status: where it stands, one of `FINAL_STATES` or a state under way.
        history: its states, first to last; left out: not kept.
        fulfilments: how often it was delivered; left out: not kept.
        refunded_poisha: money given back; left out: not kept.
        age_s: modelled seconds since it began; left out: since the gateway created it.
    """

    ref: str
    order: str
    payment_id: str | None = None
    amount_poisha: int
    currency: str = "BDT"
    invoice: str
    status: str
    history: list[str] | UnsetType = UNSET
    fulfilments: int | UnsetType = UNSET
    refunded_poisha: int | UnsetType = UNSET
    age_s: float | UnsetType = UNSET

    @property
    def is_final(self) -> bool:
        """Tell whether nothing more is to happen."""
        return self.status in FINAL_STATES

    @property
    def says_paid(self) -> bool:
        """Tell whether the books say that money was taken."""
        return self.status in MONEY_STATES

    @property
    def waits_for_shopper(self) -> bool:
        """Tell whether nobody but the shopper can bring it forward."""
        return self.status in WAITING_STATES


class PayerView(Struct):
    """Hold what a shopper was shown.

    Attributes:
        payment_id: bKash's id.
        shown: "paid", "failed" or "pending"; other words are no claim about the money.
    """

    payment_id: str
    shown: str


class AgreementView(Struct, kw_only=True):
    """Hold one agreement in the merchant's books.

    Attributes:
        agreement_id: bKash's id; None where execute never succeeded.
        ref: the merchant's name for it.
        status: "active", one of `ENDED_AGREEMENTS`, or a state under way.
        history: its states, first to last; left out: not kept.
    """

    agreement_id: str | None = None
    ref: str
    status: str
    history: list[str] | UnsetType = UNSET


class AuditRequest(Struct, kw_only=True):
    """Hold an audit's request.

    Attributes:
        app_key: whose ledger.
        horizon_s: modelled seconds after which a payment has to have ended; left out: payments that
            wait for their shopper may do so for ever, all others have to have ended by now.
        payments: the merchant's books; left out: nobody can read them.
        payer: what shoppers were shown.
        agreements: the merchant's agreements; left out: it has none.
        machine: states that may follow a state; left out: no final state is left but for a refund.
        settle: audit in instalments: judge the payments that are named here and nothing else, then
            give them up, so that a run can be longer than memory. The last audit does without.
    """

    app_key: str
    horizon_s: float | None = None
    payments: list[MerchantPayment] | None = None
    payer: list[PayerView] = []
    agreements: list[AgreementView] = []
    machine: dict[str, list[str]] | None = None
    settle: bool = False


read_audit_request = Decoder(AuditRequest).decode
"""Read an audit's request; raises `msgspec.DecodeError`, whose message names the field."""
