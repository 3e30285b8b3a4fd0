"""Who asks for a token: the two headers and two fields that grant and refresh share."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from mock_bkash.magic import Step, magic_code
from mock_bkash.operation.asked import LoginRequest
from mock_bkash.operation.outcome import TokenPair
from mock_bkash.operation.work import MALFORMED, Answer, Inbound
from mock_bkash.tenant import Credentials, Recognition, Tenant
from mock_bkash.wire import MalformedBody

__all__ = ["Login", "LoginWire", "read_login", "refuse_login"]

MAX_APP_KEY_LENGTH: Final = 255

# Both recorded; bKash tells a wrong name from a wrong secret.
_NO_SUCH_USERNAME: Final = "Username does not exist"
_WRONG_SECRET: Final = "Invalid or unrecognized access credentials"


class LoginWire(Struct, frozen=True):
    """Hold how a dialect writes token calls.

    Attributes:
        read: body of a request; raises `MalformedBody`.
        write: body of an answer.
        refuse: body of a refusal, by bKash's code.
        unrecognized: body of the answer to wrong credentials, by what is wrong; its code is 9999.
    """

    read: Callable[[bytes], LoginRequest]
    write: Callable[[TokenPair], bytes]
    refuse: Callable[[str], bytes]
    unrecognized: Callable[[str], bytes]

    def refusal(self, code: str) -> Answer:
        """Return bKash's no."""
        return Answer(200, self.refuse(code), code)

    def stranger(self, message: str) -> Answer:
        """Return the no to wrong credentials."""
        return Answer(200, self.unrecognized(message), "9999")


class Login(Struct, frozen=True):
    """Hold who asks.

    Attributes:
        app_key: of the merchant.
        credentials: as presented.
        body: the whole body, for what else it may carry.
    """

    app_key: str
    credentials: Credentials
    body: LoginRequest


def read_login(inbound: Inbound, wire: LoginWire) -> Login | Answer:
    """Return who asks, or the answer where that cannot be made out."""
    try:
        body = wire.read(inbound.body)
    except MalformedBody:
        return MALFORMED
    if body.app_key is None or body.app_secret is None:
        return wire.refusal("2065")
    if not 0 < len(body.app_key) <= MAX_APP_KEY_LENGTH:
        return wire.refusal("2001")
    username, password = inbound.headers.get(b"username"), inbound.headers.get(b"password")
    if not username:
        return wire.stranger(_NO_SUCH_USERNAME)
    if not password:
        return wire.stranger(_WRONG_SECRET)
    credentials = Credentials.of(
        username=username.decode("latin-1"), password=password, app_secret=body.app_secret
    )
    return Login(body.app_key, credentials, body)


def refuse_login(tenant: Tenant, login: Login, *, wire: LoginWire, step: Step) -> Answer | None:
    """Return the answer to credentials that are not the tenant's, or ask for a refusal; or None."""
    recognition = tenant.credentials.recognize(login.credentials)
    if recognition is Recognition.OTHER_USERNAME:
        return wire.stranger(_NO_SUCH_USERNAME)
    if recognition is Recognition.OTHER_SECRET:
        return wire.stranger(_WRONG_SECRET)
    code = magic_code(step, login.credentials.username)
    return None if code is None else wire.refusal(code)
