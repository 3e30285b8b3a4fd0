"""Who arrives when, what they do, and what is kept of it.

The room is pure: no socket, no event loop, no greenlet. Journeys are generators, pacers are
functions, and the only file it writes is the sample file. Locust (`scenarios/`) and simulated
shoppers drive it. It knows a shop by its URL and its target, never by its code.
"""

from harness.load.boundary import Boundary
from harness.load.day_profile import DayProfile, load_day_profile
from harness.load.exchange import MAX_BODY_BYTES, Answer, Exchange, Reading, Request
from harness.load.journey import Journey, ThinkTimes, start_journey
from harness.load.outcome import Outcome
from harness.load.pacer import (
    Arrival,
    Burst,
    Pacing,
    arrivals_forever,
    number_arrivals,
    plan_arrivals,
    plan_burst,
    spread_hours,
)
from harness.load.plan import (
    PLAN_VARIABLE,
    ExitStatus,
    LoadPlan,
    PlanVariant,
    locust_command,
)
from harness.load.progress import Progress, ProgressEvent, read_progress
from harness.load.recorder import Recorder, SampleSink, Visit, stages_of
from harness.load.shopper import Crowd, Shopper
from harness.load.target import BodyFormat, Endpoint, Target
from harness.load.target_file import load_target, target_names
from harness.load.walk import Walk

__all__ = [
    "MAX_BODY_BYTES",
    "PLAN_VARIABLE",
    "Answer",
    "Arrival",
    "BodyFormat",
    "Boundary",
    "Burst",
    "Crowd",
    "DayProfile",
    "Endpoint",
    "Exchange",
    "ExitStatus",
    "Journey",
    "LoadPlan",
    "Outcome",
    "Pacing",
    "PlanVariant",
    "Progress",
    "ProgressEvent",
    "Reading",
    "Recorder",
    "Request",
    "SampleSink",
    "Shopper",
    "Target",
    "ThinkTimes",
    "Visit",
    "Walk",
    "arrivals_forever",
    "load_day_profile",
    "load_target",
    "locust_command",
    "number_arrivals",
    "plan_arrivals",
    "plan_burst",
    "read_progress",
    "spread_hours",
    "stages_of",
    "start_journey",
    "target_names",
]
