"""How bKash says no: its codes, the gateway's own dialect in front of it, and what they mean."""

from harness.client.exchange import Answer
from harness.client.text import NO_SECRETS, Secrets, printable
from harness.client.wire import SUCCESS, Reply, decode_reply
from harness.errors import GatewayProtocolError, OutcomeUnknown, Refused

__all__ = ["SETTLED_CODES", "TOKEN_CODES", "UNCLEAR_CODES", "read_reply"]

SETTLED_CODES = frozenset({"2062", "2068", "2117"})
"""The payment was executed before: its result is there for the asking."""

UNCLEAR_CODES = frozenset({"503", "2003", "2020", "2024", "2029", "9999"})
"""Process failed, exceptions, maintenance, system error: bKash does not say whether money moved.
2029 (duplicate) too: another payment may be what it is a duplicate of."""

TOKEN_CODES = frozenset({"401", "2079"})
"""The token was not accepted, so nothing was done; another token may be tried."""

_MAX_MESSAGE_CHARS = 255
_MAX_CODE_CHARS = 16


def read_reply(
    answer: Answer, *, phase: str, payment_id: str | None = None, secrets: Secrets = NO_SECRETS
) -> Reply:
    """Return what a successful answer says.

    Args:
        answer: as it came.
        phase: the operation, for the error.
        payment_id: for the error.
        secrets: texts that were sent and must not come back in a message.

    Raises:
        Refused: bKash's code is not 0000, or the gateway in front of it answered with 4xx.
        OutcomeUnknown: a 5xx; whoever sent it does not know either.
        GatewayProtocolError: a redirect, or a body that cannot be read.
    """
    if answer.status >= 500 or answer.status == 408:
        raise OutcomeUnknown(
            f"{phase}: HTTP {answer.status}, the outcome is unknown",
            phase=phase,
            payment_id=payment_id,
        )
    reply = decode_reply(answer.body)
    code = _code(answer.status, reply)
    if code is None:
        raise GatewayProtocolError(
            f"{phase}: HTTP {answer.status} with {len(answer.body)} bytes that are no answer of"
            " bKash",
            phase=phase,
            payment_id=payment_id,
        )
    if reply is not None and code == SUCCESS:
        return reply
    message = printable(_message(reply), max_chars=_MAX_MESSAGE_CHARS, secrets=secrets)
    raise Refused(
        f"{phase}: bKash refused with {code}: {message}",
        phase=phase,
        status_code=code,
        status_message=message,
        http_status=answer.status,
        payment_id=payment_id,
    )


def _code(status: int, reply: Reply | None) -> str | None:
    """Return bKash's code, or the HTTP status where the gateway answered; None if neither."""
    is_error = 400 <= status < 500
    if not (is_error or 200 <= status < 300):
        return None
    said = None if reply is None else reply.status_code or reply.error_code
    if said is None or (is_error and said == SUCCESS):
        return str(status) if is_error else None
    return printable(said, max_chars=_MAX_CODE_CHARS)


def _message(reply: Reply | None) -> str:
    said = None
    if reply is not None:
        said = reply.status_message or reply.error_message or reply.message
    return said or "no message"
