"""What can be chosen."""

import math
from datetime import datetime

import pytest

from mock_bkash import ApproveMode, MockConfig, load_profile
from mock_bkash.fault import named_plan


def test_the_defaults_are_bkashs():
    """A token lives an hour, a payment has to be approved, time runs at full scale."""
    config = MockConfig()
    assert config.profile.name == "guide"
    assert (config.token_lifetime_s, config.time_scale) == (3600.0, 1.0)
    assert config.approve is ApproveMode.PAGE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_scale", 0),
        ("time_scale", -1),
        ("time_scale", math.nan),
        ("time_scale", math.inf),
        ("token_lifetime_s", 0),
        ("token_lifetime_s", math.nan),
        ("duplicate_window_s", -1),
        ("duplicate_window_s", math.nan),
        ("not_approved_code", "2055"),
        ("kept_payments", 0),
        ("journal_calls", -1),
        ("admin_token", ""),
        ("started_at", datetime(2026, 1, 1)),  # noqa: DTZ001 (naive on purpose)
        ("id_secret", b"short"),
    ],
)
def test_impossible_values_are_refused_by_name(name: str, value: object):
    """The message begins with the attribute."""
    with pytest.raises(ValueError, match=f"^{name}: must"):
        MockConfig(**{name: value})  # type: ignore[arg-type]


def test_no_secret_shows():
    """A configuration may be logged."""
    shown = repr(MockConfig(admin_token="canary-1", id_secret=b"canary-2-canary-2"))
    assert "canary" not in shown


def test_a_profiles_faults_come_after_those_of_the_start():
    """As a plan of their own; a profile without any adds none."""
    plan = named_plan("outage")
    assert MockConfig(faults=(plan,)).fault_plans == (plan,)
    flaky = MockConfig(profile=load_profile("flaky"), faults=(plan,))
    assert [p.name for p in flaky.fault_plans] == ["outage", "profile"]
    assert flaky.fault_plans[1].rules == flaky.profile.faults
