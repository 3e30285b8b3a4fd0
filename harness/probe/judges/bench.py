"""All judges, in the order in which mistakes are documented."""

from collections.abc import Callable

from harness.probe.evidence import Evidence
from harness.probe.judges.confirmation import judge_confirmation
from harness.probe.judges.connection import judge_connections
from harness.probe.judges.reach import (
    judge_failures,
    judge_gateway,
    judge_reach,
    judge_reading,
)
from harness.probe.judges.sequence import judge_sequence
from harness.probe.judges.silence import judge_patience, judge_queries, judge_retries
from harness.probe.judges.token import (
    judge_grants,
    judge_last_second,
    judge_replacement,
    judge_single_flight,
)
from harness.probe.judges.trust import judge_amount, judge_callback
from harness.probe.mistake import Mistake
from harness.probe.verdict import Verdict, unseen

__all__ = ["judge_all"]

_REACH: dict[Mistake, Callable[[Evidence], Verdict]] = {
    Mistake.UNREACHABLE: judge_reach,
    Mistake.UNREADABLE: judge_reading,
    Mistake.GATEWAY_NOT_CALLED: judge_gateway,
    Mistake.PAYMENTS_FAIL: judge_failures,
}

_CLOSER: dict[Mistake, Callable[[Evidence], Verdict]] = {
    Mistake.GRANT_PER_REQUEST: judge_grants,
    Mistake.NO_SINGLE_FLIGHT: judge_single_flight,
    Mistake.TOKEN_TO_LAST_SECOND: judge_last_second,
    Mistake.TOKEN_NOT_REPLACED: judge_replacement,
    Mistake.NEW_CONNECTION_PER_CALL: judge_connections,
    Mistake.NO_TIMEOUT: judge_patience,
    Mistake.BLIND_RETRY: judge_retries,
    Mistake.PAID_UNCONFIRMED: judge_confirmation,
    Mistake.NEEDLESS_QUERY: judge_queries,
    Mistake.SERIAL_WORK: judge_sequence,
    Mistake.CALLBACK_BELIEVED: judge_callback,
    Mistake.CLIENT_AMOUNT: judge_amount,
}


def judge_all(evidence: Evidence) -> list[Verdict]:
    """Return the verdict on every mistake."""
    verdicts = [judge(evidence) for judge in _REACH.values()]
    if not evidence.probed:
        reason = "The shop could not be probed."
        return verdicts + [unseen(mistake, reason) for mistake in _CLOSER]
    return verdicts + [judge(evidence) for judge in _CLOSER.values()]
