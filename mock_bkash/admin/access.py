"""Who may use the admin API: whoever knows the token, and no web page of another origin."""

from hashlib import sha256
from hmac import compare_digest
from typing import Final
from urllib.parse import urlsplit

from mock_bkash.asgi import App, Receive, Scope, Send, send_json

__all__ = ["ADMIN_TOKEN_HEADER", "Guard"]

ADMIN_TOKEN_HEADER: Final = "x-admin-token"

_FORBIDDEN_TOKEN: Final = b'{"error":"forbidden","message":"X-Admin-Token is missing or wrong"}'
_FORBIDDEN_ORIGIN: Final = (
    b'{"error":"forbidden","message":"a page of another origin may not use the admin API"}'
)


class Guard:
    """Stand before an ASGI app; `admin_token` None lets every local caller through."""

    def __init__(self, app: App, *, admin_token: str | None) -> None:
        self._app = app
        self._digest = None if admin_token is None else _digest(admin_token.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        headers = dict(scope["headers"])
        presented = headers.get(ADMIN_TOKEN_HEADER.encode(), b"")
        # Digests, so that the comparison takes equally long whatever the length of the guess.
        if self._digest is not None and not compare_digest(self._digest, _digest(presented)):
            await send_json(send, status=403, body=_FORBIDDEN_TOKEN)
        elif _is_foreign(headers):
            await send_json(send, status=403, body=_FORBIDDEN_ORIGIN)
        else:
            await self._app(scope, receive, send)


def _digest(token: bytes) -> bytes:
    return sha256(token).digest()


def _is_foreign(headers: dict[bytes, bytes]) -> bool:
    # Browsers send Origin with every cross-origin request; curl and test clients send none.
    origin = headers.get(b"origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != headers.get(b"host", b"")
    except ValueError:
        return True
