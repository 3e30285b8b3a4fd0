"""The reports that the keeping token sources give of their warming."""

from harness.client.tokens.source import WarmReport, Warmth
from harness.errors import PaymentError

__all__ = ["LIFETIME_UNKNOWN_S", "cooling_down", "failed", "fresh"]

LIFETIME_UNKNOWN_S = 3_600.0
"""What a token's life is taken for before there was one: bKash's documented hour."""


def fresh(due_s: float) -> WarmReport:
    """Report a token that is good for `due_s` more modelled seconds."""
    return WarmReport(Warmth.FRESH, due_s=due_s)


def cooling_down(due_s: float) -> WarmReport:
    """Report that the gateway failed lately and is left alone for `due_s` modelled seconds."""
    return WarmReport(Warmth.COOLING_DOWN, due_s=due_s)


def failed(error: PaymentError, *, due_s: float) -> WarmReport:
    """Report that the gateway gave no token."""
    detail = f"{error.phase}: {type(error).__name__}: {error}"
    return WarmReport(Warmth.FAILED, due_s=due_s, detail=detail)
