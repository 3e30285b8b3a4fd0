"""A frozen gateway in an open model: every shopper who arrived meanwhile is in the numbers.

A closed model sends nothing while it waits, so a freeze of 2 s costs it a request per user, and its
p95 looks well. Here arrivals go on. How long each payment must take is arithmetic: with profile
`constant` a call that reaches the mock at a is answered at a + 1 s, and a mock that is frozen from
T to T + F answers

    a < T - 1          at a + 1          as ever
    T - 1 <= a < T     at T + F          its wait was over inside the freeze
    T <= a < T + F     at T + F + 1      it was heard only after the freeze

so that calls of three seconds are late, those of two by a second or more, those of one by 1.5 s or
more. Only lower bounds and counts are asserted: a slow machine makes everything later, not wrong.
"""

import psutil
import pytest

from harness.clock import NS_PER_S, monotonic_ns, wall_sleep
from harness.load import (
    PLAN_VARIABLE,
    LoadPlan,
    Pacing,
    PlanVariant,
    ProgressEvent,
    locust_command,
    read_progress,
)
from harness.rundata import read_samples
from harness.stats import quantile

pytestmark = [pytest.mark.real_time, pytest.mark.alone]

RATE_PER_S = 10
DURATION_S = 12
FREEZE_FROM_S = 4.0
FREEZE_S = 2.0

CALL_S = 1.0
BEFORE_CALL_S = {"make_payment": 0.25 + 0.1, "callback": 0.1}
AFTER_CALL_S = {"make_payment": 0.1, "callback": 0.1}
"""Profile `constant`, variant `optimized`: what its database asks for around each gateway call."""


@pytest.fixture
def frozen_run(household):
    """Requests of a run whose mock was frozen, with the freeze on the samples' clock, s."""
    mock = household.mock("--profile", "constant", "--approve", "auto")
    merchant = household.merchant(
        *("--variant", "optimized", "--gateway", f"{mock}/v1.2.0-beta", "--app-key", "shop"),
        *("--profile", "constant", "--database", "shop.sqlite"),
    )
    plan = LoadPlan(
        variants=(PlanVariant(name="optimized", url=merchant),),
        out=str(household.folder),
        rate_per_s=RATE_PER_S,
        duration_s=DURATION_S,
        # Every tenth of a second somebody arrives: how many meet the freeze is no matter of chance.
        pacing=Pacing.PACED,
        land_think_s=0.0,
        approve_think_s=0.0,
    )
    plan.write(household.folder / "plan.json")
    variable = {PLAN_VARIABLE: str(household.folder / "plan.json")}
    generator = household.start(*locust_command()[1:], **variable)
    origin_ns = read_origin_ns(generator)
    (server,) = (m for m in household.members() if "mock_bkash" in m.cmdline())
    wall_sleep(origin_ns / NS_PER_S + FREEZE_FROM_S - monotonic_ns() / NS_PER_S)
    server.suspend()
    while server.status() != psutil.STATUS_STOPPED:
        wall_sleep(0.001)
    frozen_ns = monotonic_ns()
    wall_sleep(FREEZE_S)
    thawed_ns = monotonic_ns()
    server.resume()
    _, err = generator.communicate(timeout=120)
    assert generator.returncode == 0, err
    samples, _ = read_samples([household.folder / "samples-locust.csv"])
    requests = samples[samples["stage"] == ""]
    return requests, (frozen_ns - origin_ns) / NS_PER_S, (thawed_ns - origin_ns) / NS_PER_S


def read_origin_ns(generator) -> int:
    assert generator.stdout is not None
    for line in generator.stdout:
        progress = read_progress(line)
        if progress is not None and progress.event is ProgressEvent.START:
            return progress.origin_ns
    raise AssertionError(f"the generator never started: {generator.stderr.read()}")


def earliest_end_s(name: str, intended_s: float, frozen_s: float, thawed_s: float) -> float:
    """Return when a request that was due at `intended_s` can have ended at the earliest."""
    asked_s = intended_s + BEFORE_CALL_S[name]
    if asked_s + CALL_S < frozen_s or asked_s >= thawed_s:
        answered_s = asked_s + CALL_S
    elif asked_s < frozen_s:
        answered_s = thawed_s
    else:
        answered_s = thawed_s + CALL_S
    return answered_s + AFTER_CALL_S[name]


def test_freeze_shows_in_the_quantiles_as_arithmetic_says(frozen_run):
    """Nobody who met the freeze is missing, and nobody's wait is shortened."""
    requests, frozen_s, thawed_s = frozen_run
    assert set(requests["outcome"]) == {"ok"}
    for name in ("make_payment", "callback"):
        rows = requests[requests["request"] == name]
        intended_s = rows["intended_ns"].to_numpy() / NS_PER_S
        end_s = rows["end_ns"].to_numpy() / NS_PER_S
        # Arrivals did not wait for answers: everybody came.
        assert len(rows) == RATE_PER_S * DURATION_S
        for due_s, ended_s in zip(intended_s, end_s, strict=True):
            assert ended_s >= earliest_end_s(name, due_s, frozen_s, thawed_s) - 0.001
    check_quantiles(requests[requests["request"] == "make_payment"])


def check_quantiles(rows):
    times_s = (rows["end_ns"] - rows["intended_ns"]).to_numpy() / NS_PER_S
    usual_s = BEFORE_CALL_S["make_payment"] + CALL_S + AFTER_CALL_S["make_payment"]
    total = RATE_PER_S * DURATION_S
    # One shopper in each window may fall on its edge.
    late_by_1_s = RATE_PER_S * 2 - 1
    late_by_1_5_s = RATE_PER_S * 1 - 1
    assert (times_s >= usual_s + 1.0).sum() >= late_by_1_s
    assert (times_s >= usual_s + 1.5).sum() >= late_by_1_5_s
    # The same as quantiles: 19 of 120 are more than a tenth, 9 of 120 more than a twentieth.
    assert late_by_1_s / total > 0.10
    assert late_by_1_5_s / total > 0.05
    p50_s, p90_s, p95_s = (quantile(times_s, q) for q in (0.5, 0.9, 0.95))
    assert p90_s >= usual_s + 1.0
    assert p95_s >= usual_s + 1.5
    # And not over-corrected: three seconds of twelve are late, so the median shopper is not. He is
    # compared with the late ones, because a slow machine makes everybody later.
    assert p50_s < p90_s - 0.5
