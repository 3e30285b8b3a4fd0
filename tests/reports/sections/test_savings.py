"""The guide's six savings."""

from collections.abc import Callable

from reports import Analysis
from reports.sections.claim import Basis
from reports.sections.savings import (
    CLAIMED_SAVINGS_MS,
    HEADLINE_SAVING_S,
    find_step,
    saving_claims,
    savings_sentence,
)

Make = Callable[..., Analysis]


def test_the_guides_savings_sum_to_three_and_a_half_seconds() -> None:
    """500 + 200 + 300 + 1000 + 500 + 1000 ms, beside a headline of 5 s."""
    assert CLAIMED_SAVINGS_MS == (500, 200, 300, 1000, 500, 1000)
    assert HEADLINE_SAVING_S == 5.0
    sentence = savings_sentence()
    assert "sum to 3.5 s (500 + 200 + 300 + 1000 + 500 + 1000 ms), not to the 5 s" in sentence


def test_a_step_is_the_smallest_difference_that_holds_the_flag(seven: Analysis) -> None:
    """Adjacent variants, not the first and the last."""
    step = find_step(seven, "parallel_validation")
    assert step is not None
    assert (step.before.name, step.after.name) == ("cached", "parallel")
    assert step.flags == {"parallel_validation"}
    joint = find_step(seven, "token_cache")
    assert joint is not None
    assert joint.flags == {"token_cache", "early_refresh"}
    assert find_step(seven, "no_such_flag") is None


def test_each_saving_is_measured_on_its_own_stages(seven: Analysis) -> None:
    """Two lookups of 0.2 s; three validations of 0.25 s become the longest of them."""
    claims = saving_claims(seven)
    cache, early, parallel, prefetch, timeouts, background = claims
    assert 395 < float(cache.here.text.removesuffix(" ms")) < 420
    assert "also adds early_refresh" in cache.how
    assert "Assumed: token_lookup 0.2 s." in cache.how
    assert 450 < float(parallel.here.text.removesuffix(" ms")) < 490
    assert "more token calls (60/55), not fewer" in early.how
    assert "21 payments waited for a token before, 11 after" in prefetch.how
    assert timeouts.basis is Basis.NONE
    assert "11 payments waited for a token before, 0 after" in background.how
    assert {claim.basis for claim in claims} == {Basis.DERIVED, Basis.NONE}
    assert cache.here.sub.endswith(" ms")


def test_without_the_step_nothing_is_measured(make_run: Make) -> None:
    """Two variants far apart show no flag by itself, but all together; one variant shows none."""
    claims = saving_claims(make_run(variants=("sequential",)))
    assert {claim.basis for claim in claims} == {Basis.NONE}
    assert all(claim.here.text == "–" for claim in claims)


def test_a_step_of_many_flags_gives_none_of_them_the_saving(make_run: Make) -> None:
    """From sequential to optimized five flags save tokens: no row may claim it all."""
    claims = saving_claims(make_run(variants=("sequential", "optimized")))
    early, prefetch = claims[1], claims[3]
    assert (early.here.text, prefetch.here.text) == ("–", "–")
    assert "at once: which of them saved what, this run cannot tell" in prefetch.how
    assert claims[2].basis is Basis.DERIVED


def test_a_step_without_pairs_or_stages_is_not_measured(make_run: Make) -> None:
    """Flags may differ where nothing can be compared."""
    bare = frozenset({"stored", "cached"})
    analysis = make_run(variants=("stored", "cached"), without_stages=bare, baseline="stored")
    assert {claim.basis for claim in saving_claims(analysis)} == {Basis.NONE}


def test_few_pairs_give_a_saving_without_interval(make_run: Make) -> None:
    """The estimate stands alone."""
    claims = saving_claims(make_run(arrivals=5, warmup_arrivals=1))
    assert claims[2].here.text.endswith(" ms")
    assert claims[2].here.sub == ""
