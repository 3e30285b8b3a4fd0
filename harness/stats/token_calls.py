"""How often a variant asks bKash for a token, and what that would be in real life.

bKash allows a merchant two token calls an hour and blocks it for an hour beyond (its mails say
grant, its documentation says refresh; both are counted here). A run has a short token lifetime so
that several expiries are seen. What an hour of real life would bring depends on why a variant asks:

- It keeps its token and asks once per lifetime: the calls per lifetime stay, and an hour holds
  3600 s / real lifetime of them.
- It asks for every payment: the calls per payment stay, and an hour holds rate x 3600 s payments.
"""

from dataclasses import dataclass

from harness.rundata import Costs
from harness.stages import Stage

__all__ = [
    "CALLS_PER_HOUR_LIMIT",
    "PER_PAYMENT_FROM",
    "REAL_LIFETIME_S",
    "TokenCalls",
    "count_token_calls",
    "token_calls",
]

CALLS_PER_HOUR_LIMIT = 2
"""Token calls that bKash allows within an hour."""

REAL_LIFETIME_S = 3600.0
"""Life of a real bKash token."""

PER_PAYMENT_FROM = 0.5
"""From so many token calls per payment on, a variant asks per payment; variants that keep their
token need far fewer, those that do not need one or two."""

_HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class TokenCalls:
    """Count a variant's token calls (grant and refresh together).

    Attributes:
        grants, refreshes: in the run, warm-up included.
        per_payment: None without payments.
        lifetimes: token lifetimes that the run covered.
        per_lifetime: calls per lifetime; None where the run covered no time.
        per_payment_habit: True if it asks for every payment rather than when a token ends.
        per_hour: calls in an hour of real life at the run's rate; None where unknown.
        over_limit: whether that is more than bKash allows.
        blocked_after_s: for who asks per payment, seconds of real life until the call that is one
            too many; None if there is none within an hour, and for the others, whose calls come in
            bursts when a token ends.
    """

    grants: int
    refreshes: int
    per_payment: float | None
    lifetimes: float
    per_lifetime: float | None
    per_payment_habit: bool
    per_hour: float | None
    over_limit: bool
    blocked_after_s: float | None


def count_token_calls(gateway_calls: dict[str, int]) -> int:
    """Return how many calls asked for a token, by whichever operation."""
    return gateway_calls.get(Stage.TOKEN_GRANT, 0) + gateway_calls.get(Stage.TOKEN_REFRESH, 0)


def token_calls(costs: Costs, *, token_lifetime_s: float) -> TokenCalls:
    """Count the token calls of a variant and carry them over to real life.

    Args:
        costs: of the variant.
        token_lifetime_s: life of a token in the run, modelled seconds, > 0.
    """
    calls = count_token_calls(costs.gateway_calls)
    per_payment = calls / costs.payments_started if costs.payments_started else None
    lifetimes = costs.horizon_s / token_lifetime_s
    per_lifetime = calls / lifetimes if lifetimes > 0 else None
    habit = per_payment is not None and per_payment >= PER_PAYMENT_FROM
    per_hour: float | None = None
    if habit and costs.horizon_s > 0:
        per_hour = calls / costs.horizon_s * _HOUR_S
    elif per_lifetime is not None:
        per_hour = per_lifetime * _HOUR_S / REAL_LIFETIME_S
    over = per_hour is not None and round(per_hour) > CALLS_PER_HOUR_LIMIT
    return TokenCalls(
        grants=costs.gateway_calls.get(Stage.TOKEN_GRANT, 0),
        refreshes=costs.gateway_calls.get(Stage.TOKEN_REFRESH, 0),
        per_payment=per_payment,
        lifetimes=lifetimes,
        per_lifetime=per_lifetime,
        per_payment_habit=habit,
        per_hour=per_hour,
        over_limit=over,
        blocked_after_s=_HOUR_S * CALLS_PER_HOUR_LIMIT / per_hour
        if per_hour is not None and over and habit
        else None,
    )
