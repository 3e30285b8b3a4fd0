"""The guard before every payment call: a live id_token, and the app key it was issued to."""

from collections.abc import Callable, Mapping
from typing import Final, Generic, Protocol, TypeVar

from mock_bkash.operation.work import (
    MALFORMED,
    UNAUTHORIZED,
    Inbound,
    Work,
    refusal,
    refuse_at_once,
)
from mock_bkash.tenant import Tenant, Tenants
from mock_bkash.wire.tokenized import MalformedBody

__all__ = ["Guarded", "PaymentOperation"]

Body = TypeVar("Body")
Body_contra = TypeVar("Body_contra", contravariant=True)

_BEARER: Final = b"bearer "


class PaymentOperation(Protocol[Body_contra]):
    """Serve one kind of payment call, once it is known for whom."""

    @property
    def name(self) -> str:
        """Return its name in profiles and journals."""
        ...

    def prepare(self, tenant: Tenant, body: Body_contra, inbound: Inbound) -> Work:
        """Return what is to be done for a tenant."""
        ...


class Guarded(Generic[Body]):
    """Let a payment call through to its operation, or answer in its stead."""

    def __init__(
        self,
        *,
        tenants: Tenants,
        read: Callable[[bytes], Body],
        operation: PaymentOperation[Body],
    ) -> None:
        self._tenants = tenants
        self._read = read
        self._operation = operation

    @property
    def name(self) -> str:
        """Return the operation's name."""
        return self._operation.name

    def admit(self, inbound: Inbound) -> Work:
        """Check token, app key and body, in the order in which bKash does."""
        headers = inbound.headers
        tenant = self._tenants.find(headers.get(b"x-app-key", b"").decode("latin-1"))
        id_token = _bare_token(headers)
        if tenant is None or not tenant.id_tokens.holds(id_token):
            return self._turn_away(tenant, id_token)
        try:
            body = self._read(inbound.body)
        except MalformedBody:
            return refuse_at_once(MALFORMED, tenant)
        return self._operation.prepare(tenant, body, inbound)

    def _turn_away(self, tenant: Tenant | None, id_token: bytes) -> Work:
        # The gateway in front checks the token; only bKash behind it knows whose app key it is.
        holder = self._tenants.holder_of(id_token)
        if holder is None:
            return refuse_at_once(UNAUTHORIZED, tenant)
        return refuse_at_once(refusal("2001"), holder)


def _bare_token(headers: Mapping[bytes, bytes]) -> bytes:
    # Official samples send the token bare; the sandbox takes the scheme as well.
    token = headers.get(b"authorization", b"").strip()
    return token[len(_BEARER) :].strip() if token[: len(_BEARER)].lower() == _BEARER else token
