"""A call as fault plans see it: what it is about, not what is in it."""

from msgspec import Struct

__all__ = ["Subject"]


class Subject(Struct, frozen=True, kw_only=True):
    """Hold what a rule can select by.

    Attributes:
        operation: by the names of `mock_bkash.fault.FAULTABLE`.
        key: whose chance to draw, as for latencies: the payment, as well as it is known.
        attempt: which call of that operation for that key, from 1.
        app_key: of the merchant.
        invoice: the merchant's, "" where unknown.
        payment_id: bKash's, "" where unknown.
        wallets: the shopper's number and the payer reference, as far as known.
        executed_s_ago: how long the payment has been executed, modelled seconds; None: it is not.
    """

    operation: str
    key: str
    attempt: int
    app_key: str
    invoice: str = ""
    payment_id: str = ""
    wallets: tuple[str, ...] = ()
    executed_s_ago: float | None = None
