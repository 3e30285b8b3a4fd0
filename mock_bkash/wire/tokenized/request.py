"""Bodies of requests, read as leniently as bKash reads them.

Unknown fields are skipped, an amount may be a number, a number may stand for a text. What is absent
is None: whether that matters is for the operation to say, in bKash's codes. Only what is no JSON
object, or has a field of an impossible type, is refused here.
"""

from msgspec import Raw, Struct, field

from mock_bkash.wire.body import amount_text, body_reader
from mock_bkash.wire.tokenized.name import NAMES

__all__ = [
    "AgreementBody",
    "CreateBody",
    "CredentialsBody",
    "PaymentBody",
    "RefundBody",
    "SearchBody",
    "read_agreement",
    "read_create",
    "read_credentials",
    "read_payment",
    "read_refund",
    "read_search",
]


class CredentialsBody(Struct):
    """Hold the body of token grant, or of token refresh."""

    app_key: str | None = None
    app_secret: str | None = None
    refresh_token: str | None = None


class CreateBody(Struct, rename=NAMES):
    """Hold the body of create; clients write invoices and references as numbers, too."""

    mode: str | None = None
    payer_reference: str | int | None = None
    callback_url: str | None = None
    # Undecoded, because the answer repeats the amount exactly as it was written: 10.0 or "10.00".
    amount: Raw = field(default_factory=Raw)
    currency: str | None = None
    intent: str | None = None
    invoice: str | int | None = None
    agreement_id: str | None = None
    association_info: str | None = None

    def amount_text(self) -> str | None:
        """Return the amount as it was written, without quotes; None where there is none.

        Raises:
            MalformedBody: it is neither a text nor a number.
        """
        return amount_text(self.amount)


class PaymentBody(Struct, rename=NAMES):
    """Hold the body of execute, query, capture and void."""

    payment_id: str | None = None


class SearchBody(Struct, rename=NAMES):
    """Hold the body of search."""

    trx_id: str | None = None


class RefundBody(Struct, rename=NAMES):
    """Hold the body of refund; one without amount, sku and reason asks how a refund stands."""

    payment_id: str | None = None
    trx_id: str | None = None
    amount: Raw = field(default_factory=Raw)
    sku: str | int | None = None
    reason: str | None = None

    @property
    def asks_status(self) -> bool:
        """Tell whether it is the form of two fields."""
        return self.amount_text() is None and self.sku is None and self.reason is None

    def amount_text(self) -> str | None:
        """Return the amount as it was written, without quotes; None where there is none.

        Raises:
            MalformedBody: it is neither a text nor a number.
        """
        return amount_text(self.amount)


class AgreementBody(Struct, rename=NAMES):
    """Hold the body of agreement status and cancel."""

    agreement_id: str | None = None


read_credentials = body_reader(CredentialsBody)
"""Read the body of token grant or refresh; raises `MalformedBody`."""

read_create = body_reader(CreateBody)
"""Read the body of create; raises `MalformedBody`."""

read_payment = body_reader(PaymentBody)
"""Read the body of execute, query, capture or void; raises `MalformedBody`."""

read_search = body_reader(SearchBody)
"""Read the body of search; raises `MalformedBody`."""

read_refund = body_reader(RefundBody)
"""Read the body of refund and refund status; raises `MalformedBody`."""

read_agreement = body_reader(AgreementBody)
"""Read the body of agreement status or cancel; raises `MalformedBody`."""
