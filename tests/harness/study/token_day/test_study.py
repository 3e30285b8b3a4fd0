"""Laws of a whole token day."""

import pytest

from harness.cli.token_day.settings import make_token_day
from harness.merchant import BUILTIN
from harness.rundata.token_day import Disturbance
from harness.study.token_day.study import keeps_token


@pytest.fixture(scope="module")
def record(make_fieldwork):
    study = make_token_day(
        {
            "variants": ("sequential", "cached"),
            "variants_file": None,
            "crons": ("*/45 * * * *",),
            "rates": (4 / 3600,),
            "instances": 2,
            "instance_lifetime": 1_800.0,
            "profile": "constant",
            "token_lifetime": 3_600.0,
            "duration": 6 * 3_600.0,
            "seed": 1,
        }
    )
    # Two fleets, of which one variant has three schedules and the other a day for all of them.
    assert study.work.simulations == 8 + 2 * 3
    return study.carry_out(make_fieldwork())


def test_every_variant_has_a_day_under_every_schedule(record):
    """On every fleet; who keeps no token has one day that stands for all."""
    quiet = [d for d in record.days if d.disturbance is Disturbance.NOTHING]
    seen = {(d.variant, d.schedule, d.fleet) for d in quiet}
    assert len(seen) == 2 * 3 * 2
    digests = {d.digest for d in quiet if d.variant == "sequential" and d.fleet.is_single}
    assert len(digests) == 1


def test_mishaps_strike_right_after_a_renewal(record):
    """One process that keeps a token; a fleet has restarts enough."""
    bad = [d for d in record.days if d.disturbance is not Disturbance.NOTHING]
    assert {d.variant for d in bad} == {"cached"}
    assert all(d.fleet.is_single for d in bad)
    restart = next(d for d in bad if d.disturbance is Disturbance.RESTART)
    quiet = next(
        d
        for d in record.days
        if d.disturbance is Disturbance.NOTHING
        and (d.variant, d.schedule, d.fleet) == (restart.variant, restart.schedule, restart.fleet)
    )
    assert any(0 < restart.disturbed_at_s - at <= 60.001 for at in quiet.calls_s)
    assert restart.disturbed_at_s > record.duration_s / 2


def test_the_record_says_what_it_is(record):
    """Limit, schedules with their firings, versions."""
    assert record.limit_per_hour == 2
    assert record.schedules[0].fires_s[:3] == (0.0, 2_700.0, 3_600.0)
    assert record.schedules[-1].fires_s == ()
    assert record.versions["bkash-bench"]


def test_a_token_is_kept_in_memory_or_in_the_database():
    """The baseline does neither."""
    assert [v.name for v in BUILTIN.values() if not keeps_token(v)] == ["sequential"]
