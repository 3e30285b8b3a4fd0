"""One sample: one timed thing, a request or a stage of it, as a row of a sample file."""

from enum import StrEnum

from msgspec import Struct

__all__ = ["COLUMNS", "OUTCOME_OK", "RequestName", "Sample"]

OUTCOME_OK = "ok"
"""Outcome of a request that did what its shopper wanted; any other word names the failure."""


class RequestName(StrEnum):
    """Name the requests of a journey."""

    LAND = "land"
    PREFETCH = "prefetch"
    MAKE_PAYMENT = "make_payment"
    APPROVE = "approve"
    CALLBACK = "callback"


# A struct and not a dataclass: a payment makes sixteen, at a third of the cost.
class Sample(Struct, frozen=True, gc=False):
    """Hold one row. Raw: never rounded, corrected or dropped.

    Attributes:
        variant: name of the variant.
        arrival: number of the shopper's arrival, from 0; the same number is the same shopper,
            course and draws in every variant, so rows pair up by it.
        request: a `RequestName`.
        stage: "" for the request itself, else the stage's name.
        intended_ns: request: when it was due, ns since the run's start. Stage: 0.
        start_ns: request: when it was sent, ns since the run's start. Stage: offset from the
            arrival of its request at the server, ns.
        end_ns: when it ended, on the scale of `start_ns`.
        modelled_ns: modelled wait inside a stage at full scale, ns; None where none was reported,
            and for requests.
        outcome: "ok", or one word for what went wrong (`refused`, `http_500`, `timeout`,
            `connection`, `protocol`, `not_paid`, `abandoned`). Stages repeat their request's.
        status: HTTP status; 0 where no answer came, and for stages.
        warmup: True where the arrival lies in the warm-up.
        payment_id: bKash's id once known (requests from make_payment on), else "".
        error: what went wrong, for people; "" where nothing did. At most 200 characters.
    """

    variant: str
    arrival: int
    request: str
    stage: str
    intended_ns: int
    start_ns: int
    end_ns: int
    modelled_ns: int | None
    outcome: str
    status: int
    warmup: bool
    payment_id: str = ""
    error: str = ""


COLUMNS = (
    "variant",
    "arrival",
    "request",
    "stage",
    "intended_ns",
    "start_ns",
    "end_ns",
    "modelled_ns",
    "outcome",
    "status",
    "warmup",
    "payment_id",
    "error",
)
"""Columns of a sample file in order: the attributes of `Sample`."""
