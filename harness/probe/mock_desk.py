"""What the probe asks the mock that stands in for bKash: who called it, when, and with what result.

The mock is known by its URL and its admin API only (`docs/mock.md`).
"""

from types import TracebackType
from typing import Any, TypeVar

import httpx
import msgspec

from harness.errors import InvalidRunError

__all__ = ["HISTORY_CALLS", "JournalCall", "MockDesk"]

ANSWER_TIMEOUT_S = 30.0

HISTORY_CALLS = 4096
"""Calls that the mock keeps in full; a probe makes some hundred."""

CHECKOUT = "/v1.2.0-beta/tokenized/checkout"
OWN_KEY = "bkash-bench-clock"
"""App key under which the probe itself calls the gateway, to compare clocks."""

T = TypeVar("T")


class JournalCall(msgspec.Struct, frozen=True):
    """Hold a call as the mock wrote it down; its times are the mock's own."""

    operation: str
    trace: str
    arrival_ns: int
    end_ns: int
    modelled_wait_us: int
    new_connection: bool
    status: int
    code: str


class _Journal(msgspec.Struct):
    calls: list[JournalCall]


class _Health(msgspec.Struct):
    app_keys: list[str]
    unattributed_calls: dict[str, int]


class MockDesk:
    """Ask the mock at `url`; an async context manager."""

    def __init__(self, url: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.AsyncClient(
            timeout=ANSWER_TIMEOUT_S, trust_env=False, transport=transport
        )

    async def __aenter__(self) -> "MockDesk":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def app_keys(self) -> list[str]:
        """Return the app keys that were granted a token, the probe's own left out.

        Raises:
            InvalidRunError: the mock does not answer as a mock does; so do all of these.
        """
        health = await self._ask("/_mock/health", _Health)
        return [key for key in health.app_keys if key != OWN_KEY]

    async def strangers(self) -> int:
        """Return how many calls came that belong to no app key."""
        return sum((await self._ask("/_mock/health", _Health)).unattributed_calls.values())

    async def journal(self, app_key: str) -> list[JournalCall]:
        """Return the calls of an app key, in the order in which they ended."""
        return (await self._ask("/_mock/journal", _Journal, app_key=app_key)).calls

    async def timeline(self, payment_id: str) -> list[JournalCall]:
        """Return the calls that named a payment, by their arrival."""
        path = f"/_mock/payments/{payment_id}/timeline"
        calls = (await self._ask(path, _Journal)).calls
        return [call for call in calls if not call.operation.startswith("token_")]

    async def amount_poisha(self, app_key: str, payment_id: str) -> int | None:
        """Return the amount that a payment was created with; None if there is no such payment."""
        shown = await self._ask("/_mock/payments", dict[str, Any], app_key=app_key)
        for payment in shown["payments"]:
            if payment["payment_id"] == payment_id:
                return int(payment["amount_poisha"])
        return None

    async def approve(self, payment_id: str) -> bool:
        """Approve a payment in its shopper's stead; False where there is none that could be."""
        answer = await self._send("POST", f"/_mock/payments/{payment_id}/approve")
        return answer.is_success

    async def plan_faults(self, app_key: str, faults: list[dict[str, Any]]) -> bool:
        """Put faults in force for an app key; False where the mock knows no such."""
        plan = {"name": "probe", "faults": faults}
        url = f"{self.url}/_mock/faults"
        try:
            answer = await self._http.post(url, params={"app_key": app_key}, json=plan)
        except httpx.HTTPError:
            return False
        return answer.is_success

    async def open_own(self) -> None:
        """Be granted a token of the probe's own, so that its calls are written down."""
        body = {"app_key": OWN_KEY, "app_secret": OWN_KEY}
        headers = {"username": OWN_KEY, "password": OWN_KEY}
        await self._call("/token/grant", body, headers)

    async def touch(self) -> None:
        """Make a call that the gateway refuses at once."""
        headers = {"authorization": "none", "x-app-key": OWN_KEY}
        await self._call("/payment/status", {"paymentID": "none"}, headers)

    async def own_calls(self) -> list[JournalCall]:
        """Return the probe's own calls, in the order in which they ended."""
        return await self.journal(OWN_KEY)

    async def _call(self, path: str, body: dict[str, str], headers: dict[str, str]) -> None:
        url = f"{self.url}{CHECKOUT}{path}"
        try:
            await self._http.post(url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise _silent(url, error) from error

    async def _ask(self, path: str, kind: type[T], **params: str) -> T:
        response = await self._send("GET", path, **params)
        if response.status_code != httpx.codes.OK:
            raise InvalidRunError(
                f"{self.url}{path} answered {response.status_code}: {response.text[:200]}"
            )
        try:
            return msgspec.json.decode(response.content, type=kind)
        except msgspec.MsgspecError as error:
            raise InvalidRunError(f"{self.url}{path} is not the mock's: {error}") from error

    async def _send(self, method: str, path: str, **params: str) -> httpx.Response:
        try:
            return await self._http.request(method, f"{self.url}{path}", params=params)
        except httpx.HTTPError as error:
            raise _silent(f"{self.url}{path}", error) from error


def _silent(url: str, error: Exception) -> InvalidRunError:
    return InvalidRunError(f"{url} does not answer: {str(error) or type(error).__name__}")
