"""Around every request: its timeline, its trace, and `Server-Timing` on its answer."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harness.clock import now_ns
from harness.merchant.performance import Performance
from harness.merchant.store import current_attempt
from harness.stages import TimedStage, Timeline, current_timeline, format_server_timing
from harness.trace import TRACEPARENT, TraceContext, current_trace

__all__ = ["TOTAL", "Timed"]

TOTAL = "total"
"""Metric of an answer that has no stages of its own, so that none goes without the header."""

_TRACEPARENT = TRACEPARENT.encode()


class Timed:
    """Wrap an ASGI application."""

    def __init__(self, app: ASGIApp, performance: Performance) -> None:
        self._app = app
        self._performance = performance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; anything else passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        timeline = Timeline(origin_ns=now_ns())

        async def send_timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                duration_ns = now_ns() - timeline.origin_ns
                stages = timeline.stages or [TimedStage(TOTAL, 0, duration_ns)]
                value = format_server_timing(stages)
                message["headers"] = [*message["headers"], (b"server-timing", value.encode())]
                endpoint = _endpoint(scope)
                if endpoint is not None:
                    self._performance.record(
                        endpoint, duration_ns=duration_ns, stages=timeline.stages
                    )
            await send(message)

        # Not every server gives each request a context of its own, so all three are put back.
        tokens = (
            current_timeline.set(timeline),
            current_trace.set(_trace(scope)),
            current_attempt.set(1),
        )
        try:
            await self._app(scope, receive, send_timed)
        finally:
            current_timeline.reset(tokens[0])
            current_trace.reset(tokens[1])
            current_attempt.reset(tokens[2])


def _trace(scope: Scope) -> TraceContext | None:
    for name, value in scope["headers"]:
        if name == _TRACEPARENT:
            return TraceContext.parse(value.decode("latin-1"))
    return None


def _endpoint(scope: Scope) -> str | None:
    # Set by the router: a name of ours, never the path that a stranger typed.
    route = scope.get("route")
    return None if route is None else route.name
