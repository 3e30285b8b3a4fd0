"""Laws of the first ten seconds of an attribution."""

from harness.merchant import Optimization
from reports.attribution.headline import main_traffic, make_attribution_headline


def test_normal_traffic_is_spoken_of_first(six, make_record):
    """It is what a shop has on most days; without it, the first kind."""
    assert main_traffic(six).name == "normal"
    assert main_traffic(make_record(kinds=("flaky",))).name == "flaky"


def test_headline_names_who_saves_and_who_does_not(six):
    """The largest first, with its part of the whole; who saves nothing is named too."""
    headline = make_attribution_headline(six)
    assert (headline.before, headline.after) == ("7.18 s", "2.28 s")
    assert headline.verdict.startswith("token_cache saves 4.40 s of the 4.90 s (89.8 %)")
    assert "parallel_validation 0.500 s" in headline.verdict
    assert "early_refresh, prefetch, timeouts and background_refresh save nothing" in (
        headline.verdict
    )
    assert "if bKash is as slow as profile “guide”" in headline.verdict


def test_other_traffic_says_what_it_changes(six):
    """Only what is not so in the main one."""
    quiet, flaky = make_attribution_headline(six).aside
    assert quiet.startswith("Quiet (2 payments an hour): 7.18 s → 2.28 s")
    assert "prefetch" in quiet
    assert "timeouts" in flaky


def test_a_base_is_part_of_the_before(make_record):
    """What is always on stands beside "none of the"."""
    record = make_record(kinds=("normal",), base=("token_store",))
    assert make_attribution_headline(record).before_name == "token_store, none of the 6"


def test_nobody_saving_anything_is_said(make_record):
    """One optimization that does nothing."""
    record = make_record(kinds=("normal",), flags=(Optimization.EARLY_REFRESH,))
    assert make_attribution_headline(record).verdict.startswith("No optimization saves anything")


def test_a_saving_that_is_lost_elsewhere_is_named(make_record):
    """An optimization that works in the main traffic and not in another one."""
    record = make_record(
        kinds=("quiet", "normal"),
        flags=(Optimization.TOKEN_CACHE, Optimization.BACKGROUND_REFRESH),
    )
    (aside,) = make_attribution_headline(record).aside
    assert "also background_refresh" in aside


def test_who_costs_time_is_named(six, tweak):
    """A share below 0 is neither a saving nor nothing."""
    slower = {"saved": -0.2, "low": -0.3, "high": -0.1}
    headline = make_attribution_headline(tweak(six, "normal", "early_refresh", **slower))
    assert "; early_refresh costs time; prefetch, timeouts" in headline.verdict


def test_what_works_in_normal_traffic_alone_is_named(six, tweak):
    """And traffic in which all is the same says so."""
    nothing = {"saved": 0.0, "low": 0.0, "high": 0.0}
    record = tweak(six, "flaky", "parallel_validation", **nothing)
    record = tweak(record, "quiet", "prefetch", **nothing)
    record = tweak(record, "quiet", "background_refresh", **nothing)
    quiet, flaky = make_attribution_headline(record).aside
    assert quiet.endswith("by the same ones.")
    assert flaky.endswith("nothing by parallel_validation.")
