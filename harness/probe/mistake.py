"""The mistakes that a probe looks for: their names, and what to do about each.

The remedies are the performance guide's where it has one, and bKash's own rules elsewhere.
"""

from dataclasses import dataclass
from typing import Final

from harness.rundata import Mistake

__all__ = ["MISTAKES", "OBSTACLES", "Entry", "Mistake"]


OBSTACLES: Final = (Mistake.UNREACHABLE, Mistake.UNREADABLE, Mistake.GATEWAY_NOT_CALLED)
"""Mistakes after which nothing else can be looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Describe a mistake.

    Attributes:
        title: the mistake in a sentence without its full stop.
        remedy: what to do, in sentences.
    """

    title: str
    remedy: str


MISTAKES: Final[dict[Mistake, Entry]] = {
    Mistake.UNREACHABLE: Entry(
        "The shop does not answer",
        "Start the shop, and give the probe the URL under which it listens (--url).",
    ),
    Mistake.UNREADABLE: Entry(
        "The shop answers what its target does not describe",
        "Compare the target's land, make_payment, redirect_url, result and paid with what the shop"
        " sends; docs/targets.md explains each field.",
    ),
    Mistake.GATEWAY_NOT_CALLED: Entry(
        "The shop never called the mock",
        "Let the shop's bKash base URL be the mock's, up to and including /v1.2.0-beta, and restart"
        " it: most shops read their environment once.",
    ),
    Mistake.PAYMENTS_FAIL: Entry(
        "Payments fail",
        "Read the shop's log for these payments; the waterfall shows how far they came.",
    ),
    Mistake.GRANT_PER_REQUEST: Entry(
        "A token is asked for again and again",
        "Keep the token in memory until its life ends, and behind that in the database (the guide's"
        " step 1, in-memory token caching). One token serves all shoppers for an hour.",
    ),
    Mistake.NO_SINGLE_FLIGHT: Entry(
        "Shoppers who miss the token at once each ask for one",
        "Let the first who misses the token ask for it and the others wait for the same promise"
        " (single flight), across processes by a lock in the database.",
    ),
    Mistake.TOKEN_TO_LAST_SECOND: Entry(
        "The token is kept to its last second",
        "Renew it at 55 of its 60 minutes (the guide's step 2), better in the background at 45"
        " (its step 6: cron or a timer), so that no shopper waits for it.",
    ),
    Mistake.TOKEN_NOT_REPLACED: Entry(
        "A payment fails when bKash refuses its token",
        "On a 401 throw the token away, get one new token and send the call once more: a call that"
        " got a 401 did nothing, so that is safe for execute too.",
    ),
    Mistake.NEW_CONNECTION_PER_CALL: Entry(
        "Every call opens a new connection",
        "Use one HTTP client for the whole process, with keep-alive (the guide's next steps:"
        " connection pooling).",
    ),
    Mistake.NO_TIMEOUT: Entry(
        "A gateway that hangs is waited for",
        "Give payment calls 10 s and token calls 15 s (the guide's step 5). What an unanswered"
        " execute did is asked with query; it is never sent again.",
    ),
    Mistake.BLIND_RETRY: Entry(
        "An execute without an answer is sent again without asking",
        "Ask query first: the money may have moved. bKash has no idempotency key; only Initiated"
        " in query's answer allows a second execute.",
    ),
    Mistake.PAID_UNCONFIRMED: Entry(
        "The shop says paid without bKash having said so",
        "Only an answer of bKash's makes a payment paid: Completed, from execute or from query. An"
        " execute that failed in any way (timeout, broken connection, exception) is asked about"
        " with query, and until that answers the shopper is told that it is pending.",
    ),
    Mistake.NEEDLESS_QUERY: Entry(
        "Payments that went well are queried too",
        "Take execute's own answer: statusCode 0000 and Completed are final. Query only where"
        " execute gave no clear answer; bKash refuses shops that query on the normal path.",
    ),
    Mistake.SERIAL_WORK: Entry(
        "Checks run one after the other before bKash is called",
        "Run independent checks at once (the guide's step 3: Promise.all over user and"
        " course), or ask them in one query; index what they look up.",
    ),
    Mistake.CALLBACK_BELIEVED: Entry(
        "A callback is believed without asking bKash",
        "Treat the callback's status as a hint that anybody can type. Execute the payment and"
        " believe its answer alone, of the same paymentID and amount.",
    ),
    Mistake.CLIENT_AMOUNT: Entry(
        "The amount comes from the shopper's browser",
        "Take the price from your own database; ignore or refuse an amount that the browser sends.",
    ),
}
"""All mistakes, in the order in which they are documented."""
