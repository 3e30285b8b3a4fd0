"""Laws of the table of all shoppers under all sets of optimizations."""

from fractions import Fraction

import numpy as np
import pytest

from harness.stats import P99_MIN_N, Grid

S = 10**9


def _grid() -> Grid:
    return Grid(
        times_ns=np.array([[4, 6, 30], [2, 2, 10]]) * S,
        paid=np.array([[True, True, True], [True, True, False]]),
        stage_ns={"create_payment": np.array([30, 10]) * S, "unaccounted": np.array([10, 4]) * S},
    )


def test_all_shoppers_count_until_they_have_an_answer():
    """Nobody drops out of the times because a payment failed."""
    figures = _grid().figures_s()
    assert figures["mean"] == (Fraction(40, 3), Fraction(14, 3))
    assert figures["p50"] == (6, 2)


def test_who_paid_everywhere_is_the_same_people_everywhere():
    """A shopper who failed under one set is left out under all."""
    grid = _grid()
    assert grid.paid_everywhere.tolist() == [True, True, False]
    assert grid.figures_s(grid.paid_everywhere)["mean"] == (5, 2)
    assert grid.times_s(grid.paid_everywhere).tolist() == [[4.0, 6.0], [2.0, 2.0]]
    assert grid.times_s().shape == (2, 3)


def test_p99_of_few_shoppers_is_left_out():
    """Below `P99_MIN_N` it would rest on fewer than ten."""
    assert "p99" not in _grid().figures_s()
    many = Grid(
        times_ns=np.ones((2, P99_MIN_N), dtype=np.int64) * S,
        paid=np.ones((2, P99_MIN_N), dtype=np.bool_),
        stage_ns={},
    )
    assert many.figures_s()["p99"] == (1, 1)


def test_nobody_has_no_figures():
    """Where nobody paid everywhere there is nothing to tell of them."""
    assert _grid().figures_s(np.array([False, False, False])) == {}


def test_stages_sum_to_the_mean():
    """What no stage explains is one of them."""
    grid = _grid()
    stages = grid.mean_stage_s()
    assert tuple(map(sum, zip(*stages.values(), strict=True))) == grid.figures_s()["mean"]


def test_rows_that_are_not_the_same_shoppers_are_refused():
    """Tables of different shape cannot be compared column by column."""
    with pytest.raises(ValueError, match="do not belong together"):
        Grid(np.ones((2, 3), dtype=np.int64), np.ones((2, 4), dtype=np.bool_), {})
    with pytest.raises(ValueError, match="do not belong together"):
        Grid(
            np.ones((2, 3), dtype=np.int64),
            np.ones((2, 3), dtype=np.bool_),
            {"land": np.ones(4, dtype=np.int64)},
        )
