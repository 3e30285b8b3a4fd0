"""Laws of what a cross-check is asked for."""

import pytest

from harness.cli.crosscheck.command import crosscheck_command
from harness.cli.crosscheck.settings import make_crosscheck_settings, waking_profile
from harness.merchant import BUILTIN
from mock_bkash.latency import load_profile, profile_names


def options(*arguments):
    parameters = crosscheck_command.make_context("crosscheck", list(arguments)).params
    return {k: v for k, v in parameters.items() if k not in {"as_json", "quiet", "open_report"}}


def test_defaults_are_those_of_compare():
    """All variants, four a second, and a folder of its own below runs."""
    settings = make_crosscheck_settings(options())
    assert settings.variants == tuple(BUILTIN)
    assert settings.rate_per_s == 4.0
    assert settings.out.name.endswith("-crosscheck")


def test_the_runs_differ_in_profile_and_folder_alone(tmp_path):
    """Otherwise one would predict another."""
    settings = make_crosscheck_settings(options("--out", str(tmp_path / "both"), "--seed", "9"))
    real, fast = settings.real, settings.fast
    waking = settings.waking(tmp_path / "waking.toml")
    assert [leg.out.name for leg in (real, fast, waking)] == ["real", "fast", "waking"]
    assert [leg.profile for leg in (real, fast)] == ["guide", "fast"]
    assert {leg.seed for leg in (real, fast, waking)} == {9}
    assert {leg.time_scale for leg in (real, fast, waking)} == {1.0}


@pytest.mark.parametrize("name", profile_names())
def test_waking_waits_where_the_profile_does(name):
    """Without its tails, its faults and its distances."""
    profile = load_profile(name)
    waking = waking_profile(profile)
    assert set(waking.operations) == set(profile.operations)
    assert all(d.tail is None and d.median_s() == 0.02 for d in waking.operations.values())
    assert waking.faults == ()
    assert waking.network.gateway_round_trip_s == 0
