"""What became of a request, in one word.

ok            it did what its shopper wanted
refused       the shop said no: a 4xx, or a body whose `statusCode` is an error
http_500      the shop failed: a 5xx, with its number
timeout       no whole answer within the limit
connection    refused, reset, or closed before a whole answer
protocol      an answer came that the target's description cannot read
not_paid      the journey came back without a payment
abandoned     the run stopped first
"""

from enum import StrEnum

from harness.rundata.sample import OUTCOME_OK

__all__ = ["Outcome", "judge_status"]


class Outcome(StrEnum):
    """Name the outcomes that are not an HTTP status."""

    OK = OUTCOME_OK
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    PROTOCOL = "protocol"
    NOT_PAID = "not_paid"
    ABANDONED = "abandoned"


def judge_status(status: int) -> str:
    """Return the outcome that an HTTP status stands for, as far as the status alone tells."""
    if 200 <= status < 400:
        return Outcome.OK
    if 400 <= status < 500:
        return Outcome.REFUSED
    return f"http_{status}"
