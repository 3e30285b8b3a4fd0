"""The identity of a payment as it travels: a W3C `traceparent` whose trace id is keyed.

Chance is keyed by payment, so every variant must call arrival i by the same name. The trace id is a
function of the run's seed and the arrival's number; the merchant forwards it to the gateway.
Source of the header's form: W3C Trace Context, section 3.2.
"""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import blake2b

__all__ = ["TRACEPARENT", "TraceContext", "current_trace", "trace_id", "traceparent"]

TRACEPARENT = "traceparent"
"""Name of the header."""

_FORM = re.compile(r"00-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})")

_NO_TRACE = "0" * 32


@dataclass(frozen=True, slots=True)
class TraceContext:
    """Name the payment that the running task works for.

    Attributes:
        trace_id: 32 hexadecimal digits, the payment's key in every random draw.
    """

    trace_id: str

    @classmethod
    def parse(cls, header: str | None) -> "TraceContext | None":
        """Read a `traceparent` header; None where it is missing or malformed, as W3C asks."""
        match = None if header is None else _FORM.fullmatch(header)
        trace = None if match is None else match["trace"]
        return None if trace is None or trace == _NO_TRACE else cls(trace_id=trace)


current_trace: ContextVar[TraceContext | None] = ContextVar("current_trace", default=None)
"""The payment that the running task works for; None outside any payment."""


def trace_id(*, seed: int, arrival: int) -> str:
    """Return the trace id (32 hexadecimal digits) of the payment of one arrival."""
    return blake2b(f"{seed}/{arrival}".encode(), digest_size=16).hexdigest()


def traceparent(trace: str, *, span: int) -> str:
    """Return the header for the `span`-th call (from 1) made for the payment `trace`."""
    return f"00-{trace}-{span & 0xFFFF_FFFF_FFFF_FFFF:016x}-01"
