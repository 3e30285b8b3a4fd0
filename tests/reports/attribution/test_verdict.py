"""Laws of the verdict on an optimization, in a shop made up by mental arithmetic."""

import pytest

from harness.merchant import Optimization
from harness.rundata import Measure
from reports.attribution.verdict import verdict_on


def test_timeouts_are_worth_nothing_without_trouble(six):
    """The sentence that the guide leaves out; and what they cost is beside it."""
    verdict = verdict_on(six, "timeouts")
    assert verdict.startswith("Nothing in quiet and normal; more than claimed in flaky.")
    assert "Without trouble it is worth nothing; in flaky it takes 15.0 s off p99." in verdict
    assert "In flaky, 10 more of 100 shoppers fail with it." in verdict


def test_who_needs_another_is_told_which(six):
    """Prefetch does nothing without a cache; beside it, its worth by itself is given."""
    verdict = verdict_on(six, "prefetch")
    assert "By itself it does nothing: it needs token_cache" in verdict
    assert "beside which alone it saves 0.667 s in quiet" in verdict


def test_who_saves_the_same_wait_is_told_so(six):
    """Prefetch and the background refresh warm the same token."""
    assert "background_refresh saves some of the same wait" in verdict_on(six, "prefetch")
    assert "prefetch saves some of the same wait" in verdict_on(six, "background_refresh")


def test_a_claim_about_a_part_is_held_against_that_part(six):
    """The guide's half second is about lookups; the rest is grants that it does not mention."""
    verdict = verdict_on(six, "token_cache")
    assert verdict.startswith("More than claimed in all traffic.")
    assert "In normal, 0.400 s of its 4.40 s are token lookups" in verdict
    assert "4 s are tokens" in verdict or "4.00 s are tokens" in verdict


def test_what_does_nothing_anywhere_is_told_so(six):
    """In this shop an early refresh changes nothing."""
    assert verdict_on(six, "early_refresh") == "Nothing in any traffic."


def test_what_the_guide_does_not_list_has_no_claim_to_meet(make_record):
    """Its saving is a saving."""
    record = make_record(
        kinds=("normal",), flags=(Optimization.TOKEN_CACHE, Optimization.LATE_ATTACH)
    )
    assert verdict_on(record, "late_attach") == "Nothing in normal traffic."


def test_more_less_and_as_claimed(make_record):
    """0.5 s against 0.3 s is more; words group the kinds of traffic."""
    record = make_record(kinds=("normal", "quiet"), flags=(Optimization.PARALLEL_VALIDATION,))
    assert verdict_on(record, "parallel_validation") == "More than claimed in all traffic."


@pytest.mark.parametrize(
    ("saved", "said"),
    [
        (0.5, "More than claimed"),
        (0.36, "As claimed"),
        (0.24, "As claimed"),
        (0.1, "Less than claimed"),
        (-0.2, "Slower"),
    ],
)
def test_a_share_is_held_against_its_claim(make_record, tweak, saved, said):
    """0.3 s, give or take a quarter; below 0 it costs time."""
    record = make_record(kinds=("normal",), flags=(Optimization.PARALLEL_VALIDATION,))
    ends = {"low": saved - 0.01, "high": saved + 0.01}
    record = tweak(record, "normal", "parallel_validation", saved=saved, **ends)
    assert verdict_on(record, "parallel_validation").startswith(said)


def test_a_saving_without_a_claim_is_a_saving(make_record, tweak):
    """What the guide does not list cannot be more or less than it says."""
    record = make_record(kinds=("normal",), flags=(Optimization.LATE_ATTACH,))
    record = tweak(record, "normal", "late_attach", saved=0.1, low=0.09, high=0.11)
    assert verdict_on(record, "late_attach") == "A saving in normal traffic."


def test_a_cache_that_saves_only_lookups_is_not_split(make_record, tweak):
    """Over a store that keeps tokens, the guide's part is the whole."""
    record = make_record(kinds=("normal",), flags=(Optimization.TOKEN_CACHE,))
    stages = {"token_lookup": 0.4}
    record = tweak(record, "normal", "token_cache", saved=0.4, low=0.39, high=0.41, stages=stages)
    assert verdict_on(record, "token_cache") == "As claimed in normal traffic."


def test_a_cache_that_saves_nothing_is_not_split(make_record, tweak):
    """No share, no parts."""
    record = make_record(kinds=("normal",), flags=(Optimization.TOKEN_CACHE,))
    record = tweak(record, "normal", "token_cache", saved=0.0, low=0.0, high=0.0, stages={})
    assert verdict_on(record, "token_cache") == "Nothing in normal traffic."


def test_failures_that_may_be_chance_are_not_told(six, tweak):
    """An interval with 0 in it, or a share too small to be anybody."""
    chance = {"saved": -0.5, "low": -1.0, "high": 0.2, "measure": Measure.FAILED}
    assert "fail with it" not in verdict_on(tweak(six, "flaky", "timeouts", **chance), "timeouts")


def test_failures_without_an_interval_are_told(six, tweak):
    """Few shoppers, and yet a figure."""
    few = {"saved": 2.5, "low": None, "high": None, "measure": Measure.FAILED}
    said = verdict_on(tweak(six, "flaky", "timeouts", **few), "timeouts")
    assert "In flaky, 2.5 fewer of 100 shoppers fail with it." in said


def test_who_works_only_with_two_others_needs_no_single_one(make_record, tweak):
    """Idle alone, and no pair explains it: nothing is claimed."""
    record = make_record(kinds=("normal",), flags=(Optimization.PREFETCH,))
    record = tweak(record, "normal", "prefetch", saved=1.0, low=0.9, high=1.1, alone=0.0)
    assert "needs" not in verdict_on(record, "prefetch")


def test_a_tail_that_cannot_be_told_from_nothing_is_not_told(six, tweak):
    """Worth nothing without trouble, and no word on p99."""
    chance = {"low": -1.0, "high": 30.0, "measure": Measure.TIME_P99}
    verdict = verdict_on(tweak(six, "flaky", "timeouts", **chance), "timeouts")
    assert "Without trouble it is worth nothing." in verdict
