"""Does the shop keep its connections?"""

from harness.probe.evidence import Evidence
from harness.probe.mistake import Mistake
from harness.probe.verdict import Verdict, clear, found, quantity, seconds

__all__ = ["judge_connections"]

CONNECT_ROUND_TRIPS = 2
"""TCP (RFC 9293) and TLS 1.3 (RFC 8446), one each."""

FAR_ROUND_TRIP_S = 0.04
"""A round trip between a shop outside Bangladesh and bKash, for a sense of proportion only."""

MOST_SHARE = 0.5


def judge_connections(evidence: Evidence) -> Verdict:
    """Look for a connection per call."""
    later = [call for payment in evidence.routine[1:] for call in payment.calls]
    opened = sum(call.new_connection for call in later)
    counted = (
        f"{quantity(len(later), 'call')} after the first payment opened"
        f" {quantity(opened, 'connection')}"
    )
    if not later or opened / len(later) < MOST_SHARE:
        return clear(Mistake.NEW_CONNECTION_PER_CALL, f"{counted}.")
    per_payment = opened / max(len(evidence.routine) - 1, 1)
    trips = CONNECT_ROUND_TRIPS * per_payment
    modelled_s = trips * evidence.round_trip_s
    far_s = trips * FAR_ROUND_TRIP_S
    return found(
        Mistake.NEW_CONNECTION_PER_CALL,
        f"{counted}: {per_payment:.1f} per payment.",
        f"Each costs {CONNECT_ROUND_TRIPS} round trips before the call begins (TCP, TLS).",
        cost=_cost(modelled_s, far_s),
        cost_s=modelled_s,
        every_payment=True,
        payments=[p for p in evidence.routine[1:] if any(c.new_connection for c in p.calls)],
    )


def _cost(modelled_s: float, far_s: float) -> str:
    far = f"{seconds(far_s)} per payment at a round trip of {FAR_ROUND_TRIP_S * 1000:g} ms"
    if not modelled_s:
        return f"Nothing at this profile, which has no distance in it; {far}."
    return f"{seconds(modelled_s)} per payment at this profile; {far}."
