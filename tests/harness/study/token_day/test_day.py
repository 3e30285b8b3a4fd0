"""Laws of one simulated day."""

import pytest

from harness.load.cron import parse_cron
from harness.merchant import BUILTIN
from harness.rundata.token_day import Disturbance, ScheduleKind
from harness.simulation import Fleet
from harness.study.token_day.day import DayTask, simulate_day
from harness.study.token_day.schedule import Schedule
from mock_bkash.latency import load_profile

HOUR_S = 3_600.0


def task(**changes):
    values = {
        "variant": BUILTIN["cached"],
        "schedule": Schedule(ScheduleKind.NONE),
        "rate_per_s": 4 / HOUR_S,
        "fleet": Fleet(),
        "profile": load_profile("constant"),
        "duration_s": 6 * HOUR_S,
        "token_lifetime_s": HOUR_S,
        "seed": 1,
        **changes,
    }
    return DayTask(**values)


def run(**changes):
    return simulate_day(task(**changes), lambda share: None).day


def cron(line):
    return Schedule(ScheduleKind.CRON, parse_cron(line))


def test_cron_asks_the_real_endpoint_when_cron_would():
    """At :00 there is no token, at :50 the last quarter of its life has begun."""
    day = run(schedule=cron("*/50 * * * *"), rate_per_s=1 / HOUR_S)
    assert day.grants_s[0] == pytest.approx(0.2)
    assert day.refreshes_s[0] == pytest.approx(3_000.2)


def test_the_guides_line_leaves_a_gap_that_a_denser_one_does_not():
    """A token of :45 is 15 minutes old at the next call and dead at the one after."""
    sparse = run(schedule=cron("*/45 * * * *"), variant=BUILTIN["stored"], rate_per_s=60 / HOUR_S)
    dense = run(schedule=cron("*/5 * * * *"), variant=BUILTIN["stored"], rate_per_s=60 / HOUR_S)
    assert len(sparse.waited_at_s) > 0
    assert dense.waited_at_s == ()


def test_the_refresher_belongs_to_the_schedule():
    """A variant without the flag gets it, and keeps its token fresh."""
    day = run(schedule=Schedule(ScheduleKind.REFRESHER))
    assert day.waited_at_s == ()
    assert len(day.refreshes_s) == 7


def test_who_waited_is_counted_with_how_long():
    """A grant takes two seconds in profile constant."""
    day = run()
    assert len(day.waited_s) == len(day.waited_at_s) > 0
    assert max(day.waited_s) == pytest.approx(2.0)
    assert day.payments == 24
    assert day.audit_ok


def test_a_restart_loses_the_memory_and_not_the_database():
    """With a store nobody pays for it; without one a token is bought anew."""
    restart = {"disturbance": Disturbance.RESTART, "disturbed_at_s": 4 * HOUR_S}
    schedule = Schedule(ScheduleKind.REFRESHER)
    memory = BUILTIN["cached"].optimizations - BUILTIN["stored"].optimizations
    unstored = type(BUILTIN["cached"])("unstored", memory)
    quiet, bad = run(schedule=schedule), run(schedule=schedule, **restart)
    assert len(bad.calls_s) <= len(quiet.calls_s)
    bought = run(variant=unstored, schedule=schedule, **restart)
    assert len(bought.grants_s) == 2


def test_an_extra_call_comes_once_more_than_cron_does():
    """Right after a renewal it changes nothing, because the endpoint looks first."""
    schedule = cron("0 * * * *")
    quiet = run(schedule=schedule)
    same = run(schedule=schedule, disturbance=Disturbance.EXTRA_CALL, disturbed_at_s=60.0)
    early = run(schedule=schedule, disturbance=Disturbance.EXTRA_CALL, disturbed_at_s=2_800.0)
    assert same.calls_s == quiet.calls_s
    assert early.calls_s[1] == pytest.approx(2_800.2)
    alone = run(disturbance=Disturbance.EXTRA_CALL, disturbed_at_s=2_800.0)
    assert alone.disturbed_at_s == 2_800.0


def test_processes_with_a_memory_each_ask_for_a_token_each():
    """All find it due at the same moment; a lease across processes would stop that."""
    day = run(schedule=Schedule(ScheduleKind.REFRESHER), fleet=Fleet(instances=3))
    assert len([at for at in day.calls_s if at < 1.0]) == 3


def test_equal_tasks_give_equal_days():
    """Down to the digest."""
    assert run() == run()
