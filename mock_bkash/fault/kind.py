"""What can go wrong with a call: the vocabulary of fault plans.

A fault is told by what the client sees and by the moment: before the call did anything, or after.
Both together are what a payment engineer has to tell apart, and what a client cannot know.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from mock_bkash.call_name import GATEWAY_OPERATIONS

__all__ = ["CALLBACK", "FAULTABLE", "SPECS", "Kind", "Moment", "Spec"]

CALLBACK: Final = "callback"
"""The shopper's way back from the customer page to the shop; no call to bKash, but it may fail."""

FAULTABLE: Final = (*GATEWAY_OPERATIONS, CALLBACK)
"""What a fault can happen to."""


class Kind(StrEnum):
    """Name what the client sees."""

    RESET = "reset"
    """The connection is reset (RST), with no byte of an answer."""
    CLOSE = "close"
    """The connection is closed in order (FIN), with no byte of an answer."""
    HANG = "hang"
    """No answer, and the connection stays open."""
    HALF_SENT = "half_sent"
    """The connection is reset once the head of the request was read, its body unread."""
    DELAY = "delay"
    """The answer comes later."""
    STATUS = "status"
    """An HTTP error in the words of the gateway in front of bKash."""
    CODE = "code"
    """HTTP 200 with one of bKash's codes."""
    TOKEN_REVOKED = "token_revoked"
    """HTTP 401; the token that came with the call is dead from now on."""
    DUPLICATE = "duplicate"
    """The call is carried out twice, as by a proxy that repeats it, and answered once."""
    LAG = "lag"
    """Query does not yet know of an execute that is done."""
    DRIBBLE = "dribble"
    """The body of the answer comes byte by byte."""
    TRUNCATE = "truncate"
    """The connection is closed in the middle of the answer's body."""
    MALFORMED = "malformed"
    """A whole answer whose body is broken JSON."""
    HTML = "html"
    """A page for people in place of JSON."""
    HUGE = "huge"
    """A valid answer of many megabytes."""
    GZIP_BOMB = "gzip_bomb"
    """The same, compressed to next to nothing."""
    ALTER = "alter"
    """One field of the answer says something else, or is missing."""


class Moment(StrEnum):
    """Say what is true when the client sees it."""

    BEFORE = "before"
    """Nothing was done."""
    AFTER = "after"
    """The call was carried out as if nothing were wrong."""


class Spec(NamedTuple):
    """Say how a kind may be used.

    Attributes:
        moments: that make sense; the first is the default.
        needs, takes: parameters that have to be there, and that may.
        operations: that it can happen to.
    """

    moments: tuple[Moment, ...]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    operations: tuple[str, ...] = FAULTABLE


_EITHER: Final = (Moment.BEFORE, Moment.AFTER)
_BEFORE: Final = (Moment.BEFORE,)
_AFTER: Final = (Moment.AFTER,)
_TOKEN_CALLS: Final = ("token_grant", "token_refresh")
_GUARDED: Final = tuple(name for name in GATEWAY_OPERATIONS if name not in _TOKEN_CALLS)

SPECS: Final[Mapping[Kind, Spec]] = {
    Kind.RESET: Spec(_EITHER),
    Kind.CLOSE: Spec(_EITHER),
    Kind.HANG: Spec(_EITHER, takes=("seconds",)),
    Kind.HALF_SENT: Spec(_BEFORE, operations=GATEWAY_OPERATIONS),
    Kind.DELAY: Spec(_EITHER, needs=("seconds",)),
    Kind.STATUS: Spec(_EITHER, needs=("status",), takes=("message", "retry_after")),
    Kind.CODE: Spec(_EITHER, needs=("code",), operations=GATEWAY_OPERATIONS),
    Kind.TOKEN_REVOKED: Spec(_BEFORE, operations=_GUARDED),
    Kind.DUPLICATE: Spec(_AFTER, takes=("answer",), operations=GATEWAY_OPERATIONS),
    Kind.LAG: Spec(_AFTER, needs=("seconds",), operations=("query_payment",)),
    Kind.DRIBBLE: Spec(_AFTER, takes=("bytes_per_s",), operations=GATEWAY_OPERATIONS),
    Kind.TRUNCATE: Spec(_AFTER, takes=("share",), operations=GATEWAY_OPERATIONS),
    Kind.MALFORMED: Spec(_AFTER, operations=GATEWAY_OPERATIONS),
    Kind.HTML: Spec(_EITHER, takes=("status",)),
    Kind.HUGE: Spec(_AFTER, takes=("size_bytes",), operations=GATEWAY_OPERATIONS),
    Kind.GZIP_BOMB: Spec(_AFTER, takes=("size_bytes",), operations=GATEWAY_OPERATIONS),
    Kind.ALTER: Spec(_AFTER, needs=("field",), takes=("value",)),
}
"""How each kind may be used."""
