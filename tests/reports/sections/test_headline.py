"""The first ten seconds."""

from collections.abc import Callable

from reports import Analysis
from reports.sections.headline import find_hero, make_headline

Make = Callable[..., Analysis]


def test_headline_tells_change_interval_and_condition(seven: Analysis) -> None:
    """How much, how sure, and on what it hangs."""
    headline = make_headline(seven)
    assert headline is not None
    assert (headline.before_name, headline.after_name) == ("sequential", "optimized")
    assert headline.before == "7.67 s"
    assert headline.verdict.startswith("64.3 % less time per payment (95 % interval 63.")
    assert headline.verdict.endswith("if bKash is as slow as profile “guide”.")
    assert "Fastest: overlapped" in headline.aside
    assert "Floor: 2.3" in headline.aside
    assert "260 payments" in headline.coverage
    assert "does not cover whether the profile is right" in headline.coverage


def test_hero_is_the_guides_after_or_the_fastest(make_run: Make) -> None:
    """Where a run has no "optimized", the fastest stands for it."""
    analysis = make_run(variants=("sequential", "stored", "parallel"))
    hero = find_hero(analysis)
    assert hero is not None
    assert hero.name == "parallel"
    headline = make_headline(analysis)
    assert headline is not None
    assert "Fastest" not in headline.aside


def test_a_variant_alone_has_a_time_and_no_change(make_run: Make) -> None:
    """Nothing is compared with nothing."""
    headline = make_headline(make_run(variants=("sequential",)))
    assert headline is not None
    assert headline.before == ""
    assert headline.verdict.startswith("The median payment of sequential")
    assert headline.coverage == ""


def test_two_variants_without_pairs_have_no_change(make_run: Make) -> None:
    """Without a baseline with payments, the hero is told alone."""
    headline = make_headline(make_run(empty=frozenset({"sequential"})))
    assert headline is not None
    assert headline.before == ""
    assert headline.after_name == "optimized"


def test_no_change_is_said_as_such(make_run: Make) -> None:
    """Equal within the margin is a result, not a failure."""
    analysis = make_run(variants=("sequential", "mine"), without_stages=frozenset({"mine"}))
    headline = make_headline(analysis)
    assert headline is not None
    assert headline.verdict.startswith("No difference that matters")


def test_a_small_run_is_inconclusive(make_run: Make) -> None:
    """Four payments have a change and no interval."""
    headline = make_headline(make_run(arrivals=4, warmup_arrivals=1))
    assert headline is not None
    assert headline.verdict.endswith("Inconclusive: this run cannot tell it from chance.")
    assert headline.coverage.startswith("No interval: 4 payments")


def test_nothing_measured_has_no_headline(make_run: Make, synthetic: object) -> None:
    """There is nothing to say."""
    analysis = make_run(variants=("sequential",), failures={"sequential": {"timeout": 260}})
    assert find_hero(analysis) is None
    assert make_headline(analysis) is None


def test_a_fastest_without_stages_has_no_floor(make_run: Make) -> None:
    """The floor is a sum of stages."""
    analysis = make_run(variants=("mine",), without_stages=frozenset({"mine"}), baseline="mine")
    headline = make_headline(analysis)
    assert headline is not None
    assert headline.aside == ""
