"""What merchants ask for, whatever the dialect calls it: the fields that operations read.

A dialect's bodies have these attributes; what a request left out is None.
"""

from typing import Protocol

__all__ = [
    "AgreementRequest",
    "CreateRequest",
    "LoginRequest",
    "PaymentRequest",
    "RefundRequest",
    "RefundStatusRequest",
    "SearchRequest",
]


class LoginRequest(Protocol):
    """Ask for a token."""

    @property
    def app_key(self) -> str | None:
        """Return the merchant's app key."""
        ...

    @property
    def app_secret(self) -> str | None:
        """Return the secret that goes with it."""
        ...

    @property
    def refresh_token(self) -> str | None:
        """Return the refresh token; a grant has none."""
        ...


class CreateRequest(Protocol):
    """Ask for a payment or an agreement; attributes as in `mock_bkash.payment.Payment`."""

    @property
    def mode(self) -> str | None: ...
    @property
    def payer_reference(self) -> str | int | None: ...
    @property
    def callback_url(self) -> str | None: ...
    @property
    def currency(self) -> str | None: ...
    @property
    def intent(self) -> str | None: ...
    @property
    def invoice(self) -> str | int | None: ...
    @property
    def agreement_id(self) -> str | None: ...
    @property
    def association_info(self) -> str | None: ...

    def amount_text(self) -> str | None:
        """Return the amount as it was written; raises `MalformedBody` where it cannot be one."""
        ...


class PaymentRequest(Protocol):
    """Ask for something to be done with a payment."""

    @property
    def payment_id(self) -> str | None:
        """Return which."""
        ...


class SearchRequest(Protocol):
    """Ask for a transaction."""

    @property
    def trx_id(self) -> str | None:
        """Return which."""
        ...


class RefundStatusRequest(Protocol):
    """Ask how the refunds of a payment stand."""

    @property
    def payment_id(self) -> str | None:
        """Return which payment."""
        ...

    @property
    def trx_id(self) -> str | None:
        """Return the transaction that it must be."""
        ...


class RefundRequest(RefundStatusRequest, Protocol):
    """Ask for money to be given back."""

    @property
    def asks_status(self) -> bool:
        """Tell whether it asks how a refund stands, and for none."""
        ...

    @property
    def sku(self) -> str | int | None:
        """Return what is given back."""
        ...

    @property
    def reason(self) -> str | None:
        """Return why."""
        ...

    def amount_text(self) -> str | None:
        """Return the amount as it was written; raises `MalformedBody` where it cannot be one."""
        ...


class AgreementRequest(Protocol):
    """Ask for something to be done with an agreement."""

    @property
    def agreement_id(self) -> str | None:
        """Return which."""
        ...
