"""What the lab asks the servers of a run: the mock's counters and audit, a merchant's figures."""

from types import TracebackType
from typing import Any

import httpx
import msgspec

from harness.errors import InvalidRunError

__all__ = ["Admin"]

ANSWER_TIMEOUT_S = 30.0
"""An audit of a long run is the slowest answer; a second is usual."""

HTTP_OK = 200


class Admin:
    """Ask servers of this run over HTTP; an async context manager.

    Args:
        mock_url: root of the mock, whose admin API stands under `/_mock/`.
        transport: to be used in place of the network.
    """

    def __init__(self, mock_url: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._mock_url = mock_url.rstrip("/")
        # trust_env: a proxy of the environment has no business between processes of one machine.
        self._http = httpx.AsyncClient(
            timeout=ANSWER_TIMEOUT_S, trust_env=False, transport=transport
        )

    async def __aenter__(self) -> "Admin":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def counters(self, app_key: str) -> dict[str, Any] | None:
        """Return the mock's counters of an app key; None if it never saw that key.

        Raises:
            InvalidRunError: the mock does not answer, or not with a JSON object.
        """
        url = f"{self._mock_url}/_mock/counters"
        response = await self._send("GET", url, params={"app_key": app_key})
        return None if response.status_code == httpx.codes.NOT_FOUND else _object(response)

    async def app_keys(self) -> list[str]:
        """Return the app keys that the mock was called with.

        Raises:
            InvalidRunError: as `counters`.
        """
        health = _object(await self._send("GET", f"{self._mock_url}/_mock/health"))
        return [str(key) for key in health.get("app_keys", [])]

    async def audit(self, request: dict[str, Any]) -> dict[str, Any]:
        """Let the mock judge a merchant's and the payers' view against its ledger.

        Raises:
            InvalidRunError: as `counters`.
        """
        url = f"{self._mock_url}/_mock/audit"
        return _object(await self._send("POST", url, json=request))

    async def performance(self, merchant_url: str) -> dict[str, Any] | None:
        """Return a merchant's own figures; None if it shows none."""
        try:
            response = await self._send("GET", f"{merchant_url}/api/bkash/performance")
            return _object(response)
        except InvalidRunError:
            return None

    async def _send(self, method: str, url: str, **arguments: Any) -> httpx.Response:
        try:
            return await self._http.request(method, url, **arguments)
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise InvalidRunError(f"{url} does not answer: {reason}") from error


def _object(response: httpx.Response) -> dict[str, Any]:
    if response.status_code != HTTP_OK:
        raise InvalidRunError(
            f"{response.url} answered {response.status_code}: {response.text[:200]}"
        )
    try:
        return msgspec.json.decode(response.content, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise InvalidRunError(
            f"{response.url} answered something else than JSON: {error}"
        ) from error
