"""Who may use the admin API: whoever knows its token, where it has one.

Nobody else's credentials open it, and no web page of another origin may use a browser to get in.
"""

import ipaddress
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from mock_bkash.admin_token import AdminToken
from mock_bkash.asgi import App, Receive, Scope, Send, send_json

__all__ = ["Guard"]

_FORBIDDEN_TOKEN: Final = b'{"error":"forbidden","message":"X-Admin-Token is missing or wrong"}'
_FORBIDDEN_ORIGIN: Final = (
    b'{"error":"forbidden","message":"a page of another origin may not use the admin API"}'
)
_FORBIDDEN_MERCHANT: Final = (
    b'{"error":"forbidden","message":"a merchant\'s token does not open the admin API"}'
)
_FORBIDDEN_REMOTE: Final = (
    b'{"error":"forbidden","message":"other machines may use the admin API only with a token:'
    b' start the mock with --admin-token"}'
)


class Guard:
    """Stand before an ASGI app."""

    def __init__(
        self,
        app: App,
        *,
        admin_token: str | None,
        local_only: bool,
        is_merchant: Callable[[bytes], bool],
    ) -> None:
        """Let through who has the `admin_token`; None: everybody, of this machine if `local_only`.

        `is_merchant` tells whether an id_token is a merchant's: whoever shows one is turned away,
        be it a shop that was sent to the wrong address.
        """
        self._app = app
        self._local_only = local_only
        self._is_merchant = is_merchant
        self._token = AdminToken(admin_token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        refused = self._refuse(scope, dict(scope["headers"]))
        if refused is None:
            await self._app(scope, receive, send)
        else:
            await send_json(send, status=403, body=refused)

    def _refuse(self, scope: Scope, headers: dict[bytes, bytes]) -> bytes | None:
        if not self._token.opens(headers):
            return _FORBIDDEN_TOKEN
        if self._local_only and not _is_local(scope.get("client")):
            return _FORBIDDEN_REMOTE
        authorization = headers.get(b"authorization", b"")
        if authorization and self._is_merchant(authorization.rpartition(b" ")[2]):
            return _FORBIDDEN_MERCHANT
        return _FORBIDDEN_ORIGIN if _is_foreign(headers) else None


def _is_local(client: object) -> bool:
    # Servers say (address, port), or nothing where there is no address, as for a local socket.
    address = client[0] if isinstance(client, tuple | list) and client else "127.0.0.1"
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_foreign(headers: dict[bytes, bytes]) -> bool:
    # Browsers send Origin with every cross-origin request; curl and test clients send none.
    origin = headers.get(b"origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != headers.get(b"host", b"")
    except ValueError:
        return True
