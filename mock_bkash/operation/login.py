"""Who asks for a token: the two headers and two fields that grant and refresh share."""

from typing import Final

from msgspec import Struct

from mock_bkash.operation.work import MALFORMED, Answer, Inbound, refusal
from mock_bkash.tenant import Credentials, Recognition, Tenant
from mock_bkash.wire.tokenized import (
    CredentialsBody,
    MalformedBody,
    read_credentials,
    write_unrecognized,
)

__all__ = ["Login", "read_login", "refuse_other"]

MAX_APP_KEY_LENGTH: Final = 255

# Both recorded; bKash tells a wrong name from a wrong secret.
_NO_SUCH_USERNAME: Final = Answer(200, write_unrecognized("Username does not exist"), "9999")
_WRONG_SECRET: Final = Answer(
    200, write_unrecognized("Invalid or unrecognized access credentials"), "9999"
)


class Login(Struct, frozen=True):
    """Hold who asks.

    Attributes:
        app_key: of the merchant.
        credentials: as presented.
        body: the whole body, for what else it may carry.
    """

    app_key: str
    credentials: Credentials
    body: CredentialsBody


def read_login(inbound: Inbound) -> Login | Answer:
    """Return who asks, or the answer where that cannot be made out."""
    try:
        body = read_credentials(inbound.body)
    except MalformedBody:
        return MALFORMED
    if body.app_key is None or body.app_secret is None:
        return refusal("2065")
    if not 0 < len(body.app_key) <= MAX_APP_KEY_LENGTH:
        return refusal("2001")
    username, password = inbound.headers.get(b"username"), inbound.headers.get(b"password")
    if not username:
        return _NO_SUCH_USERNAME
    if not password:
        return _WRONG_SECRET
    credentials = Credentials.of(
        username=username.decode("latin-1"), password=password, app_secret=body.app_secret
    )
    return Login(body.app_key, credentials, body)


def refuse_other(tenant: Tenant, login: Login) -> Answer | None:
    """Return the answer to credentials that are not the tenant's; None where they are."""
    recognition = tenant.credentials.recognize(login.credentials)
    if recognition is Recognition.OTHER_USERNAME:
        return _NO_SUCH_USERNAME
    return _WRONG_SECRET if recognition is Recognition.OTHER_SECRET else None
