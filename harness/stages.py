"""Stages of a payment: measured where they happen, carried in `Server-Timing`.

A `Timeline` collects the stages of one request. Code deep inside the client or the store writes
`with stage(TOKEN_GRANT) as span:` and need not know who listens: the timeline is found in the
task's context, and without one the measurement goes nowhere.

On the wire a stage is a metric of the W3C header `Server-Timing`:

    create_payment;dur=105.231;start=31.004;model=104.5

`dur` and `start` are wall milliseconds, `start` counted from the arrival of the request. `model`
(milliseconds at full scale) tells how much of the stage was a modelled wait; it is absent where
nothing was modelled. A metric without `dur` says nothing about time and is passed over; one without
`start` begins where the one before it ended.
Source: W3C Server Timing, section 2 (further parameters are legal).
"""

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType

from msgspec import Struct

from harness.clock import NS_PER_MS, now_ns

__all__ = [
    "MAX_STAGES",
    "MODEL_METRIC",
    "Span",
    "Stage",
    "TimedStage",
    "Timeline",
    "current_timeline",
    "format_server_timing",
    "parse_model_wait_ns",
    "parse_server_timing",
    "stage",
]

MAX_STAGES = 64
"""Most stages kept per request; a payment has ten, so more is a fault or an attack."""

MODEL_METRIC = "model"
"""Metric by which the gateway tells its caller how much of an answer's time was modelled."""


class Stage(StrEnum):
    """Name the stages that our own merchant reports; other backends may send further names."""

    VALIDATE_USER = "validate_user"
    VALIDATE_COURSE = "validate_course"
    CHECK_ENROLLED = "check_enrolled"
    INSERT_PAYMENT = "insert_payment"
    TOKEN_LOOKUP = "token_lookup"
    TOKEN_GRANT = "token_grant"
    TOKEN_REFRESH = "token_refresh"
    CREATE_PAYMENT = "create_payment"
    ATTACH_PAYMENT = "attach_payment"
    LOAD_PAYMENT = "load_payment"
    EXECUTE_PAYMENT = "execute_payment"
    QUERY_PAYMENT = "query_payment"
    UPDATE_PAYMENT = "update_payment"


# A struct and not a dataclass: each stage of a payment is made twice, at a third of the cost.
class TimedStage(Struct, frozen=True, gc=False):
    """Hold one stage of one request as it was reported.

    Attributes:
        name: the stage.
        start_ns: offset from the arrival of the request at the server, wall ns.
        duration_ns: wall ns.
        modelled_ns: modelled wait inside the stage at full scale, ns; None where not reported.
    """

    name: str
    start_ns: int
    duration_ns: int
    modelled_ns: int | None = None


class Span:
    """Measure one stage on the running loop's clock; a context manager, used once.

    Attributes:
        modelled_ns: set by the code inside, where it knows its modelled wait (full scale, ns).
    """

    __slots__ = ("_timeline", "end_ns", "modelled_ns", "name", "start_ns")

    def __init__(self, name: str, timeline: "Timeline | None") -> None:
        self.name = name
        self.start_ns = 0
        self.end_ns = 0
        self.modelled_ns: int | None = None
        self._timeline = timeline

    def __enter__(self) -> "Span":
        self.start_ns = now_ns()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end_ns = now_ns()
        if self._timeline is not None:
            self._timeline.add(self)

    def add_modelled_ns(self, wait_ns: int) -> None:
        """Say that another `wait_ns` (full scale) of this stage are a modelled wait."""
        self.modelled_ns = (self.modelled_ns or 0) + wait_ns


@dataclass(slots=True)
class Timeline:
    """Collect the stages of one request, in the order in which they ended.

    Attributes:
        origin_ns: the loop's time at which the request arrived.
        stages: what was measured so far, at most `MAX_STAGES`.
    """

    origin_ns: int
    stages: list[TimedStage] = field(default_factory=list)

    def add(self, span: Span) -> None:
        """Take in a finished span; silently full after `MAX_STAGES`."""
        if len(self.stages) < MAX_STAGES:
            self.stages.append(
                TimedStage(
                    name=span.name,
                    start_ns=span.start_ns - self.origin_ns,
                    duration_ns=span.end_ns - span.start_ns,
                    modelled_ns=span.modelled_ns,
                )
            )


current_timeline: ContextVar[Timeline | None] = ContextVar("current_timeline", default=None)
"""Where the running task's stages are collected; None: nowhere."""


def stage(name: str) -> Span:
    """Return a span that reports to the running task's timeline, if it has one."""
    return Span(name, current_timeline.get())


def format_server_timing(stages: Iterable[TimedStage]) -> str:
    """Return the header's value, exact to the nanosecond, stages in order of their start."""
    return ", ".join(_format_metric(s) for s in sorted(stages, key=lambda s: s.start_ns))


_NS_PER_UNIT = tuple(NS_PER_MS // 10**digits for digits in range(7))
"""What one stands for at the end of that many decimals of a millisecond."""

# A metric as `format_server_timing` writes it, which nearly all are: read at once. Whatever looks
# otherwise is taken apart with W3C's leniency.
_OWN_METRIC = re.compile(
    r" ?([A-Za-z_][A-Za-z0-9_-]*)"
    r";dur=([0-9]{1,12})(?:\.([0-9]{1,6}))?"
    r"(?:;start=([0-9]{1,12})(?:\.([0-9]{1,6}))?)?"
    r"(?:;model=([0-9]{1,12})(?:\.([0-9]{1,6}))?)?"
)


def parse_server_timing(value: str) -> list[TimedStage]:
    """Read a `Server-Timing` header of any server, lenient as W3C asks.

    Metrics without a usable `dur` are left out; at most `MAX_STAGES` are read.
    """
    stages: list[TimedStage] = []
    cursor_ns = 0
    for metric in value.split(",")[:MAX_STAGES]:
        own = _OWN_METRIC.fullmatch(metric)
        if own is not None:
            timed = _read_own(own, cursor_ns)
            stages.append(timed)
            cursor_ns = timed.start_ns + timed.duration_ns
            continue
        name, *parameters = (part.strip() for part in metric.split(";"))
        numbers = _parse_numbers(parameters)
        duration_ns = numbers.get("dur")
        if not name or duration_ns is None:
            continue
        start_ns = numbers.get("start", cursor_ns)
        stages.append(TimedStage(name, start_ns, duration_ns, numbers.get("model")))
        cursor_ns = start_ns + duration_ns
    return stages


def parse_model_wait_ns(value: str | None) -> int | None:
    """Read the modelled wait (full scale, ns) that a gateway states beside its answer."""
    if value is None:
        return None
    waits = [s.duration_ns for s in parse_server_timing(value) if s.name == MODEL_METRIC]
    return waits[0] if waits else None


def _read_own(metric: re.Match[str], cursor_ns: int) -> TimedStage:
    name, dur, dur_rest, start, start_rest, model, model_rest = metric.groups()
    return TimedStage(
        name,
        cursor_ns if start is None else _join_ms(start, start_rest),
        _join_ms(dur, dur_rest),
        None if model is None else _join_ms(model, model_rest),
    )


def _join_ms(whole: str, fraction: str | None) -> int:
    whole_ns = int(whole) * NS_PER_MS
    return whole_ns if fraction is None else whole_ns + int(fraction) * _NS_PER_UNIT[len(fraction)]


def _format_metric(timed: TimedStage) -> str:
    text = f"{timed.name};dur={_format_ms(timed.duration_ns)};start={_format_ms(timed.start_ns)}"
    if timed.modelled_ns is not None:
        text += f";model={_format_ms(timed.modelled_ns)}"
    return text


def _format_ms(duration_ns: int) -> str:
    # Integer arithmetic, so that what is read back is the same nanosecond on every machine.
    whole, rest = divmod(duration_ns, NS_PER_MS)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)


def _parse_numbers(parameters: list[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for parameter in parameters:
        key, _, text = parameter.partition("=")
        value_ns = _parse_ms(text.strip().strip('"'))
        if value_ns is not None:
            numbers.setdefault(key.strip().lower(), value_ns)
    return numbers


def _parse_ms(text: str) -> int | None:
    whole, _, fraction = text.partition(".")
    if not whole.isascii() or not whole.isdigit() or len(whole) > 12:
        return None
    if fraction and not (fraction.isascii() and fraction.isdigit()):
        return None
    return int(whole) * NS_PER_MS + int(fraction[:6].ljust(6, "0"))
