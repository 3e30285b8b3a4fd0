"""The guard before every payment call: a live id_token, and the app key it was issued to."""

from collections.abc import Mapping
from functools import partial
from typing import Final, Generic, Protocol, TypeVar

from mock_bkash.operation.outcome import Refusal, Task, Wire
from mock_bkash.operation.work import (
    MALFORMED,
    UNAUTHORIZED,
    Answer,
    Inbound,
    Work,
    refuse_at_once,
)
from mock_bkash.tenant import Tenant, Tenants
from mock_bkash.wire import SUCCESSFUL, MalformedBody

__all__ = ["Guarded", "PaymentOperation", "bare_token"]

Body = TypeVar("Body")
Result = TypeVar("Result")
Body_contra = TypeVar("Body_contra", contravariant=True)

_BEARER: Final = b"bearer "


class PaymentOperation(Protocol[Body_contra, Result]):
    """Serve one kind of payment call, once it is known for whom."""

    @property
    def name(self) -> str:
        """Return its name in profiles and journals."""
        ...

    def prepare(self, tenant: Tenant, body: Body_contra, inbound: Inbound) -> Task[Result]:
        """Return what is to be done for a tenant; raises `MalformedBody`."""
        ...


class Guarded(Generic[Body, Result]):
    """Let a payment call through to its operation, or answer in its stead."""

    def __init__(
        self,
        *,
        tenants: Tenants,
        wire: Wire[Body, Result],
        operation: PaymentOperation[Body, Result],
        bare_only: bool = False,
    ) -> None:
        """Take `bare_only` where the word Bearer before a token is to be refused."""
        self._tenants = tenants
        self._wire = wire
        self._operation = operation
        self._bare_only = bare_only

    @property
    def name(self) -> str:
        """Return the operation's name."""
        return self._operation.name

    def admit(self, inbound: Inbound) -> Work:
        """Check token, app key and body, in the order in which bKash does."""
        headers = inbound.headers
        tenant = self._tenants.find(headers.get(b"x-app-key", b"").decode("latin-1"))
        id_token = bare_token(headers, strict=self._bare_only)
        if tenant is None or not tenant.id_tokens.holds(id_token):
            return self._turn_away(tenant, id_token)
        try:
            task = self._operation.prepare(tenant, self._wire.read(inbound.body), inbound)
        except MalformedBody:
            return refuse_at_once(MALFORMED, tenant)
        return Work(tenant, task.key, partial(self._do, task), True, task.name, self._refuse)

    def _do(self, task: Task[Result]) -> Answer:
        outcome = task.act()
        if isinstance(outcome, Refusal):
            return self._refuse(outcome.code, outcome)
        return Answer(200, self._wire.write(outcome.result), SUCCESSFUL, outcome.payment)

    def _refuse(self, code: str, refusal: Refusal | None = None) -> Answer:
        wire = self._wire
        payment = None if refusal is None else refusal.payment
        return Answer(wire.refusal_status, wire.refuse(code), code, payment)

    def _turn_away(self, tenant: Tenant | None, id_token: bytes) -> Work:
        # The gateway in front checks the token; only bKash behind it knows whose app key it is.
        holder = self._tenants.holder_of(id_token)
        if holder is None:
            return refuse_at_once(UNAUTHORIZED, tenant)
        return refuse_at_once(self._refuse("2001"), holder)


def bare_token(headers: Mapping[bytes, bytes], *, strict: bool = False) -> bytes:
    """Return the token of a request; a strict reader takes the word Bearer for a part of it."""
    # Official samples send the token bare; the sandbox takes the scheme as well.
    token = headers.get(b"authorization", b"").strip()
    if strict or token[: len(_BEARER)].lower() != _BEARER:
        return token
    return token[len(_BEARER) :].strip()
