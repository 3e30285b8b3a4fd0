"""The way to one gateway: its addresses, the headers of every call, counts and stages."""

from collections import Counter
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import httpx

from harness.client.exchange import exchange
from harness.client.refusal import read_reply
from harness.client.text import Secrets
from harness.client.wire import PATHS, Headers, Operation, Reply
from harness.errors import ConfigurationError
from harness.stages import parse_model_wait_ns, stage
from harness.trace import TRACEPARENT, current_trace, traceparent

__all__ = ["Channel", "CountsConnections", "GatewayCounts"]


@runtime_checkable
class CountsConnections(Protocol):
    """Be a transport that counts the connections it opens."""

    @property
    def connections_opened(self) -> int:
        """Return how many connections were opened so far."""


@dataclass(frozen=True, slots=True)
class GatewayCounts:
    """Count what was asked of the gateway.

    Attributes:
        calls: calls begun, by operation in stage names.
        connections_opened: None where the transport does not count them.
    """

    calls: dict[str, int]
    connections_opened: int | None

    @property
    def total(self) -> int:
        """Return all calls begun."""
        return sum(self.calls.values())


class Channel:
    """Send requests to one gateway and read what comes back, as stages of the running payment.

    Attributes:
        schemes: how an address that bKash sends the shopper to may begin.
    """

    def __init__(
        self, base_url: str, transport: httpx.AsyncBaseTransport, *, keep_alive: bool
    ) -> None:
        """Prepare; nothing is sent.

        Raises:
            ConfigurationError: the base URL cannot be used.
        """
        base = _parse_base(base_url)
        # A test gateway on http may send shoppers to http; one on https may not.
        self.schemes = ("https://",) if base.scheme == "https" else ("https://", "http://")
        root = base.path.rstrip("/")
        self._urls = {op: base.copy_with(path=root + path) for op, path in PATHS.items()}
        fixed = _fixed_headers(keep_alive=keep_alive)
        self._headers = httpx.Headers([("Host", base.netloc.decode("ascii")), *fixed])
        self._transport = transport
        self._calls: Counter[Operation] = Counter()

    def request(self, operation: Operation, headers: Headers, body: bytes) -> httpx.Request:
        """Make and count a request, with the trace of the running payment if there is one."""
        self._calls[operation] += 1
        # Written in full, and in the order in which httpx would: it takes longer to find out what
        # is missing than all the rest of a call takes.
        written = httpx.Headers(self._headers, encoding="ascii")
        for name, value in headers:
            written[name] = value
        trace = current_trace.get()
        if trace is not None:
            written[TRACEPARENT] = traceparent(trace.trace_id, span=self._calls.total())
        written["Content-Length"] = str(len(body))
        url, stream = self._urls[operation], httpx.ByteStream(body)
        request = httpx.Request("POST", url, headers=written, stream=stream)
        request.read()
        return request

    async def call(
        self,
        operation: Operation,
        request: httpx.Request,
        *,
        timeout_s: float,
        secrets: Secrets,
        payment_id: str | None = None,
    ) -> Reply:
        """Send a request and return what the successful answer says.

        Args:
            operation: names the stage and the phase of errors.
            request: from `request`; a frame that sees only this holds no secret.
            timeout_s: wall seconds for the whole exchange.
            secrets: what was sent and must not come back in a message.
            payment_id: for errors.

        Raises:
            PaymentError: see `harness.errors`.
        """
        with stage(operation) as span:
            answer = await exchange(
                self._transport,
                request,
                timeout_s=timeout_s,
                phase=operation,
                payment_id=payment_id,
            )
            wait_ns = parse_model_wait_ns(answer.headers.get("server-timing"))
            if wait_ns is not None:
                span.add_modelled_ns(wait_ns)
            return read_reply(answer, phase=operation, payment_id=payment_id, secrets=secrets)

    def counts(self) -> GatewayCounts:
        """Return what was counted so far."""
        opened = None
        if isinstance(self._transport, CountsConnections):
            opened = self._transport.connections_opened
        calls = {operation.value: count for operation, count in self._calls.items()}
        return GatewayCounts(calls=calls, connections_opened=opened)

    async def aclose(self) -> None:
        """Close the transport."""
        await self._transport.aclose()


def _parse_base(base_url: str) -> httpx.URL:
    try:
        base = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise ConfigurationError(f"gateway: {error}; {_EXAMPLE}") from error
    if base.scheme not in ("http", "https") or not base.host:
        raise ConfigurationError(f"gateway {base_url!r}: not an http(s) address; {_EXAMPLE}")
    if base.userinfo or base.query or base.fragment:
        # Not quoted: what stands before an @ is a password.
        raise ConfigurationError(f"gateway: user, query or fragment in the address; {_EXAMPLE}")
    return base


_EXAMPLE = "expected something like https://tokenized.sandbox.bka.sh/v1.2.0-beta"


def _fixed_headers(*, keep_alive: bool) -> Headers:
    headers = [
        ("Accept", "application/json"),
        # Whoever compresses could send a bomb, and 400 bytes of JSON gain nothing.
        ("Accept-Encoding", "identity"),
        ("Content-Type", "application/json"),
        ("User-Agent", "bkash-bench"),
    ]
    return headers if keep_alive else [*headers, ("Connection", "close")]
