"""The shopper's browser: sends a request, times it, and makes an answer of whatever comes back.

One HTTP client with kept connections, as a browser has. It follows no redirect by itself: where a
redirect leads is the journey's business.
"""

import asyncio
from types import TracebackType

import httpx

from harness.clock import now_ns
from harness.load import MAX_BODY_BYTES, Answer, Exchange, Outcome, Request

__all__ = ["Browser"]

_CONNECTIONS = httpx.Limits(max_connections=16, max_keepalive_connections=16, keepalive_expiry=60)


class Browser:
    """Send requests; an async context manager.

    Args:
        limit_s: longest wait for a whole answer, wall seconds.
        transport: to be used in place of the network.
    """

    def __init__(
        self, *, limit_s: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._limit_s = limit_s
        # trust_env: a proxy of the environment has no business between processes of one machine.
        self._http = httpx.AsyncClient(
            timeout=None,
            trust_env=False,
            follow_redirects=False,
            limits=_CONNECTIONS,
            transport=transport,
        )

    async def __aenter__(self) -> "Browser":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def send(self, request: Request, *, limit_s: float | None = None) -> Exchange:
        """Send one request and return how it went; a failure is an answer too."""
        departure = _Departure()
        answer = await self._exchange(
            request, departure, self._limit_s if limit_s is None else limit_s
        )
        start_ns = departure.moment_ns
        return Exchange.of(
            request, answer, intended_ns=start_ns, start_ns=start_ns, end_ns=now_ns()
        )

    async def _exchange(self, request: Request, departure: "_Departure", limit_s: float) -> Answer:
        try:
            async with asyncio.timeout(limit_s):
                return await self._fetch(request, departure)
        except TimeoutError:
            return Answer(failure=Outcome.TIMEOUT, error=f"no whole answer within {limit_s:.3g} s")
        except (httpx.ProtocolError, httpx.DecodingError) as error:
            if _is_cut(error):
                return Answer(failure=Outcome.CONNECTION, error=_words(error))
            return Answer(failure=Outcome.PROTOCOL, error=_words(error))
        except httpx.HTTPError as error:
            return Answer(failure=Outcome.CONNECTION, error=_words(error))
        except (httpx.InvalidURL, UnicodeError) as error:
            return Answer(failure=Outcome.PROTOCOL, error=f"no such address: {error}")

    async def _fetch(self, request: Request, departure: "_Departure") -> Answer:
        async with self._http.stream(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.body,
            extensions={"trace": departure.trace},
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BODY_BYTES:
                    break
            return Answer(
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=bytes(body[:MAX_BODY_BYTES]),
            )


class _Departure:
    """Note when a request left: what the client itself does before is none of the shop's time."""

    __slots__ = ("moment_ns",)

    def __init__(self) -> None:
        self.moment_ns = now_ns()

    async def trace(self, event: str, info: object) -> None:
        del info
        if event.endswith("send_request_headers.started"):
            self.moment_ns = now_ns()


def _is_cut(error: Exception) -> bool:
    """Tell whether the shop closed the connection early: httpx files that under its protocol."""
    text = str(error).lower()
    return "disconnected" in text or "closed connection" in text


def _words(error: Exception) -> str:
    # Without its full stop: these words become part of somebody else's sentence.
    return (str(error) or type(error).__name__)[:200].rstrip(". ")
