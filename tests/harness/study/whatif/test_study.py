"""Laws of a whole what-if."""

import pytest

from harness.cli.whatif.settings import make_whatif
from harness.rundata.whatif import KnobKind


def make(**changes):
    return make_whatif(
        {
            "stages": ("create_payment", "token_refresh"),
            "settings": ("timeout",),
            "range": None,
            "points": 3,
            "variants": ("sequential", "optimized"),
            "variants_file": None,
            "profile": "constant",
            "payments": 20,
            "rate": 1 / 60,
            "token_lifetime": 3_600.0,
            "seed": 1,
            **changes,
        }
    )


@pytest.fixture(scope="module")
def record(make_fieldwork):
    return make().carry_out(make_fieldwork())


def by_name(record, name):
    return next(sweep for sweep in record.sweeps if sweep.name == name)


def test_every_point_has_figures_for_everybody(record):
    """By ascending value, the base among them."""
    for sweep in record.sweeps:
        values = [point.value for point in sweep.points]
        assert values == sorted(values)
        assert sweep.base in values
        assert all(set(point.figures) == {"sequential", "optimized"} for point in sweep.points)


def test_a_curve_is_exact(record):
    """Profile constant: doubling a second adds a second."""
    sweep = by_name(record, "create_payment")
    times = {point.value: point.figures["sequential"].p50_s for point in sweep.points}
    assert times[2.0] - times[1.0] == pytest.approx(1.0)
    assert sweep.kind is KnobKind.STAGE


def test_who_cannot_notice_is_not_simulated_again(record):
    """The baseline never refreshes and has no timeouts of its own."""
    points = len(by_name(record, "create_payment").points) - 1
    for name in ("token_refresh", "timeout"):
        base = record.base["sequential"]
        assert all(p.figures["sequential"] == base for p in by_name(record, name).points)
    assert record.simulations < 2 + 2 * 3 * (points + 1)


def test_the_record_says_what_it_is(record):
    """Payments, rate, limit, profile."""
    assert (record.payments, record.limit_per_hour, record.profile) == (20, 2, "constant")
    assert record.rate_per_hour == pytest.approx(60)
    assert record.audit_ok
    assert not record.all_stages


def test_equal_questions_have_equal_answers(record, make_fieldwork):
    """Whatever the machine was doing."""
    again = make().carry_out(make_fieldwork())
    assert again.sweeps == record.sweeps
    assert again.base == record.base
