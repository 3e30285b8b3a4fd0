"""A payment as a strip: its two requests end to end, and what each moment of them went into.

The shopper's time at bKash is left out. Calls are cut to the request that waited for them; what no
call covers is the shop's own time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.rundata import ProbeCall, ProbePayment, ProbeRequest
from reports.families import Family

__all__ = ["Piece", "Strip", "make_strip"]

REQUESTS = ("make_payment", "callback")

_FAMILIES = {"token_grant": Family.TOKEN, "token_refresh": Family.TOKEN}

_LABELS = {
    "token_grant": ("grant token", "grant"),
    "token_refresh": ("refresh token", "refresh"),
    "create_payment": ("create",),
    "execute_payment": ("execute", "exec"),
    "query_payment": ("query",),
    "search_transaction": ("search",),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one call of a strip, in seconds from the strip's start.

    Attributes:
        labels: for the bar, the longest first.
        family: whose colour it has.
        start_s, end_s: where it lies.
        new_connection: whether it opened one.
    """

    labels: tuple[str, ...]
    family: Family
    start_s: float
    end_s: float
    new_connection: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Hold one payment.

    Attributes:
        number: of the payment.
        total_s: payment time.
        pause_s: where make-payment ends and the callback begins.
        pieces: the calls in it, by their start.
    """

    number: int
    total_s: float
    pause_s: float
    pieces: tuple[Piece, ...]

    @property
    def own_s(self) -> float:
        """What no call covers."""
        own_s, cursor_s = 0.0, 0.0
        for piece in self.pieces:
            own_s += max(piece.start_s - cursor_s, 0.0)
            cursor_s = max(cursor_s, piece.end_s)
        return own_s + max(self.total_s - cursor_s, 0.0)


def make_strip(payment: ProbePayment) -> Strip | None:
    """Return the strip of a payment; None where it never came to make-payment."""
    first, second = (payment.request(name) for name in REQUESTS)
    if first is None:
        return None
    pause_s = first.duration_ns / 1e9
    pieces = list(_pieces(payment, first, 0.0))
    total_s = pause_s
    if second is not None:
        pieces += _pieces(payment, second, pause_s)
        total_s += second.duration_ns / 1e9
    return Strip(payment.number, total_s, pause_s, tuple(pieces))


def _pieces(payment: ProbePayment, request: ProbeRequest, offset_s: float) -> Iterator[Piece]:
    for call in sorted(payment.calls, key=lambda call: call.start_ns):
        start_ns = max(call.start_ns, request.start_ns)
        end_ns = min(call.end_ns, request.end_ns)
        if start_ns < end_ns:
            yield Piece(
                labels=_labels(call),
                family=_FAMILIES.get(call.operation, Family.GATEWAY),
                start_s=offset_s + (start_ns - request.start_ns) / 1e9,
                end_s=offset_s + (end_ns - request.start_ns) / 1e9,
                new_connection=call.new_connection,
            )


def _labels(call: ProbeCall) -> tuple[str, ...]:
    return _LABELS.get(call.operation, (call.operation.replace("_", " "),))
