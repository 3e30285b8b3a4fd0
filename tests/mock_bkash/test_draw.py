"""Keyed chance."""

from hypothesis import given, strategies as st
from scipy import stats

from mock_bkash.draw import draw

RECORDED = (0.198891396672, 0.638187075739)


@given(seed=st.integers(), key=st.text(), attempt=st.integers(1, 1000))
def test_a_draw_is_a_function_of_what_it_is_for(seed: int, key: str, attempt: int):
    """The same call draws the same, and both numbers lie strictly between 0 and 1."""
    first = draw(seed=seed, key=key, operation="create_payment", attempt=attempt)
    assert first == draw(seed=seed, key=key, operation="create_payment", attempt=attempt)
    assert 0 < first.body < 1
    assert 0 < first.tail < 1


def test_everything_in_the_key_matters():
    """Another seed, payment, operation or attempt is another draw."""
    calls = {
        draw(seed=seed, key=key, operation=operation, attempt=attempt)
        for seed in (0, 1)
        for key in ("a", "b", "1/a")
        for operation in ("create_payment", "execute_payment")
        for attempt in (1, 2, 11)
    }
    assert len(calls) == 2 * 3 * 2 * 3


def test_draws_are_uniform_and_independent():
    """4,000 draws pass Kolmogorov-Smirnov, and body and tail do not know each other."""
    drawn = [draw(seed=1, key=f"p{n}", operation="x", attempt=1) for n in range(4000)]
    bodies, tails = [d.body for d in drawn], [d.tail for d in drawn]
    assert stats.kstest(bodies, "uniform").pvalue > 0.001
    assert stats.kstest(tails, "uniform").pvalue > 0.001
    assert abs(stats.pearsonr(bodies, tails).statistic) < 0.05


def test_draws_do_not_change_between_versions():
    """A recorded draw: whoever changes the key changes every run that was ever recorded."""
    drawn = draw(seed=7, key="inv-1", operation="create_payment", attempt=1)
    assert (round(drawn.body, 12), round(drawn.tail, 12)) == RECORDED
