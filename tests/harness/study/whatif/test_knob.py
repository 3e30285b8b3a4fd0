"""Laws of knobs."""

import pytest
from hypothesis import given, strategies as st

from harness.cli.rate import TypedRange
from harness.errors import ConfigurationError
from harness.merchant import BUILTIN
from harness.rundata.whatif import KnobKind
from harness.simulation import Arrivals, NetworkModel, VirtualScenario
from harness.study.whatif.knob import (
    ASSUMPTIONS,
    SETTINGS,
    Knob,
    assumption_knob,
    setting_knob,
    stage_knob,
)
from mock_bkash.latency import load_profile

GUIDE = load_profile("guide")


@pytest.fixture
def scenario():
    return VirtualScenario(
        profile=GUIDE,
        arrivals=Arrivals(rate_per_s=1 / 60),
        payments=50,
        network=NetworkModel.of(GUIDE),
    )


def test_a_stages_range_holds_half_and_as_it_is():
    """Four values are a quarter, half, one and double."""
    knob = stage_knob("create_payment", profile=GUIDE, wanted=None)
    assert knob.values(4) == (0.25, 0.5, 1.0, 2.0)
    assert knob.base in knob.values(7)


def test_only_the_stage_is_slower(scenario):
    """All else stays, draws and settings included."""
    changed = stage_knob("create_payment", profile=GUIDE, wanted=None).change(scenario, 2.0)
    assert changed.profile.median_s("create_payment") == 2.0
    assert changed.profile.median_s("execute_payment") == 1.0
    assert (changed.seed, changed.tuning) == (scenario.seed, scenario.tuning)


@pytest.mark.parametrize(
    ("name", "value", "seen"),
    [
        ("timeout", 5.0, lambda s: s.tuning.payment_timeout_s == 5.0),
        ("refresh_interval", 1_800.0, lambda s: s.tuning.background_renew_at == 0.5),
        ("buffer", 900.0, lambda s: s.tuning.early_renew_at == 0.75),
        ("rate", 120.0, lambda s: s.arrivals.rate_per_s == pytest.approx(1 / 30)),
        ("round_trip", 0.2, lambda s: s.network.gateway.round_trip_s == 0.2),
    ],
)
def test_a_setting_is_set(scenario, name, value, seen):
    """Each in its place."""
    knob = setting_knob(name, scenario=scenario, wanted=None)
    assert seen(knob.change(scenario, value))
    assert knob.kind is KnobKind.SETTING


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("timeout", 10),
        ("refresh_interval", 2_700),
        ("buffer", 300),
        ("rate", 60),
        ("round_trip", 0),
    ],
)
def test_the_base_is_what_the_code_does_now(scenario, name, base):
    """And lies in the default range, so that a curve has it."""
    knob = setting_knob(name, scenario=scenario, wanted=None)
    assert knob.base == pytest.approx(base)
    assert knob.base in knob.values(5)


@pytest.mark.parametrize(
    ("name", "base"), [("everything", 1), ("tail", 0.01), ("spread", 1.4), ("round_trip", 0)]
)
def test_assumptions_have_a_plausible_range(scenario, name, base):
    """Around what the profile says."""
    knob = assumption_knob(name, scenario=scenario)
    assert knob.base == pytest.approx(base)
    assert knob.low <= knob.base <= knob.high
    for value in knob.values(4):
        knob.change(scenario, value)
    assert set(ASSUMPTIONS) >= {name}


def test_a_variant_without_the_flag_does_not_notice(scenario):
    """Its base stands for every value."""
    knob = setting_knob("timeout", scenario=scenario, wanted=None)
    assert knob.concerns(BUILTIN["optimized"])
    assert not knob.concerns(BUILTIN["cached"])
    assert stage_knob("create_payment", profile=GUIDE, wanted=None).concerns(BUILTIN["stored"])


@pytest.mark.parametrize(
    ("name", "typed", "ends"),
    [
        ("timeout", TypedRange("1", "60"), (1, 60)),
        ("rate", TypedRange("2/h", "20/min"), (2, 1_200)),
        ("round_trip", TypedRange("0", "1"), (0, 1)),
    ],
)
def test_a_range_is_taken_in_the_settings_unit(scenario, name, typed, ends):
    """Seconds, or rates."""
    knob = setting_knob(name, scenario=scenario, wanted=typed)
    assert (knob.low, knob.high) == pytest.approx(ends)


@pytest.mark.parametrize(
    "typed", ["0..2", "-1..2", "nan..2", "1..inf", "2..1", "0.5..1000", "a..b"]
)
def test_a_range_that_no_stage_can_have_is_refused(typed):
    """Zero, negative, NaN, infinite, descending, absurd."""
    low, _, high = typed.partition("..")
    with pytest.raises(ConfigurationError, match="--range"):
        stage_knob("create_payment", profile=GUIDE, wanted=TypedRange(low, high))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("timeout", TypedRange("0", "10")),
        ("timeout", TypedRange("1", "1e9")),
        ("refresh_interval", TypedRange("100", "7200")),
        ("buffer", TypedRange("-5", "100")),
        ("rate", TypedRange("0/h", "5/h")),
        ("rate", TypedRange("nan", "5/h")),
    ],
    ids=str,
)
def test_a_range_that_no_setting_can_have_is_refused(scenario, name, typed):
    """The message says which can."""
    with pytest.raises(ConfigurationError, match=f"cannot be used for {name}"):
        setting_knob(name, scenario=scenario, wanted=typed)


def test_what_there_is_not_is_named_with_what_there_is(scenario):
    """Stages, settings, and operations that a profile lacks."""
    with pytest.raises(ConfigurationError, match="create_payment"):
        stage_knob("creat", profile=GUIDE, wanted=None)
    with pytest.raises(ConfigurationError, match="'fast' has no operation 'create_payment'"):
        stage_knob("create_payment", profile=load_profile("fast"), wanted=None)
    with pytest.raises(ConfigurationError, match=", ".join(SETTINGS)):
        setting_knob("time", scenario=scenario, wanted=None)


@given(
    low=st.floats(0, 50),
    span=st.floats(0.01, 50),
    base=st.floats(0, 100),
    points=st.integers(2, 20),
)
def test_values_ascend_within_the_range(low, span, base, points):
    """With the base among them where it lies inside."""
    knob = Knob("k", KnobKind.SETTING, "s", base, low, low + span, lambda s, v: s)
    values = knob.values(points)
    assert list(values) == sorted(set(values))
    assert low * 0.999 - 1e-9 <= values[0]
    assert values[-1] <= (low + span) * 1.001
    assert (base in values) == (low <= base <= low + span) or base in values
