"""Laws of sharing a worth out among players."""

from fractions import Fraction
from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from harness.stats import (
    MAX_PLAYERS,
    interaction_indices,
    player_count,
    shapley_matrix,
    shapley_values,
    worth_alone,
    worth_left_out,
)

WORTHS = st.integers(1, 5).flatmap(
    lambda players: st.lists(
        st.integers(-(10**12), 10**12), min_size=1 << players, max_size=1 << players
    )
)
FLOATS = st.integers(1, 4).flatmap(
    lambda players: st.lists(st.floats(-1e6, 1e6), min_size=1 << players, max_size=1 << players)
)


def by_orders(worth: list[int]) -> list[Fraction]:
    """Let players join in every order, one after the other, and average what each added."""
    players = len(worth).bit_length() - 1
    added = [Fraction(0)] * players
    for order in permutations(range(players)):
        there = 0
        for player in order:
            added[player] += worth[there | 1 << player] - worth[there]
            there |= 1 << player
    return [total / factorial(players) for total in added]


def by_moebius(worth: list[int]) -> list[list[Fraction]]:
    """Interaction from the Möbius transform m: Σ m(T) / (|T| - 1) over T with both.

    Source: Grabisch and Roubens (1999), the index in terms of the Möbius representation.
    """
    size = len(worth)
    players = size.bit_length() - 1
    moebius = [
        sum(
            worth[inner] * (-1) ** (outer ^ inner).bit_count()
            for inner in range(size)
            if inner & outer == inner
        )
        for outer in range(size)
    ]
    return [
        [
            sum(
                (
                    Fraction(moebius[c], c.bit_count() - 1)
                    for c in range(size)
                    if c >> i & 1 and c >> j & 1
                ),
                start=Fraction(0),
            )
            if i != j
            else Fraction(0)
            for j in range(players)
        ]
        for i in range(players)
    ]


def voting(weights: list[int], quota: int) -> list[int]:
    """Return the game in which a coalition is worth 1 that reaches the quota."""
    return [
        int(sum(w for i, w in enumerate(weights) if c >> i & 1) >= quota)
        for c in range(1 << len(weights))
    ]


def test_european_council_of_1958():
    """The textbook's six: power 14/60 to the large, 9/60 to the middle, none to Luxembourg.

    Source: S. J. Brams, Game Theory and Politics (1975), chapter 5; weights 4, 4, 4, 2, 2, 1,
    quota 12. Luxembourg's vote never made a difference.
    """
    large, middle, none = Fraction(14, 60), Fraction(9, 60), Fraction(0)
    shares = shapley_values(voting([4, 4, 4, 2, 2, 1], quota=12))
    assert shares == (large, large, large, middle, middle, none)


def test_gloves():
    """One right glove among two left ones gets 2/3: Shapley's own kind of example."""
    pairs = [min(c & 1, (c >> 1 & 1) + (c >> 2 & 1)) for c in range(8)]
    assert shapley_values(pairs) == (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))


def test_airport():
    """A runway is paid for section by section by who needs it.

    Source: S. C. Littlechild, G. Owen, "A simple expression for the Shapley value in a special
    case", Management Science 20 (1973), 370-372: costs 1, 2, 4 → 1/3, 1/3 + 1/2, 1/3 + 1/2 + 2.
    """
    costs = [1, 2, 4]
    runway = [max((costs[i] for i in range(3) if c >> i & 1), default=0) for c in range(8)]
    assert shapley_values(runway) == (Fraction(1, 3), Fraction(5, 6), Fraction(17, 6))


@settings(max_examples=60, deadline=None)
@given(WORTHS)
def test_shares_are_the_mean_over_all_orders(worth: list[int]):
    """The formula says what the definition says, for every game of up to five players."""
    assert list(shapley_values(worth)) == by_orders(worth)


@settings(max_examples=100, deadline=None)
@given(WORTHS)
def test_shares_sum_to_the_whole_exactly(worth: list[int]):
    """Efficiency: everything is given away, to the last digit."""
    assert sum(shapley_values(worth)) == worth[-1] - worth[0]


@settings(max_examples=60, deadline=None)
@given(FLOATS)
def test_floats_are_taken_to_their_last_bit(worth: list[float]):
    """A float is a fraction, so nothing is lost to rounding either."""
    assert sum(shapley_values(worth)) == Fraction(worth[-1]) - Fraction(worth[0])


@settings(max_examples=60, deadline=None)
@given(WORTHS, st.integers(-50, 50))
def test_who_adds_nothing_gets_nothing(worth: list[int], gift: int):
    """Null player; and who always adds the same gets that."""
    grown = [*worth, *(value + gift for value in worth)]
    if player_count(grown) > 5:
        return
    shares = shapley_values(grown)
    assert shares[-1] == gift
    assert shares[:-1] == shapley_values(worth)
    assert all(value == 0 for value in interaction_indices(grown)[-1])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_shares_add_up_over_games(data: st.DataObject):
    """Additivity: shares in the stages of a payment sum to the share in the payment."""
    size = 1 << data.draw(st.integers(1, 4))
    numbers = st.lists(st.integers(-(10**9), 10**9), min_size=size, max_size=size)
    first, second = data.draw(numbers), data.draw(numbers)
    both = [a + b for a, b in zip(first, second, strict=True)]
    apart = zip(shapley_values(first), shapley_values(second), strict=True)
    assert shapley_values(both) == tuple(a + b for a, b in apart)


def test_equals_get_the_same():
    """Symmetry: who can stand in for each other have equal shares."""
    worth = [(c.bit_count()) ** 2 for c in range(16)]
    assert shapley_values(worth) == (Fraction(4),) * 4


@settings(max_examples=60, deadline=None)
@given(WORTHS)
def test_interaction_is_that_of_grabisch_and_roubens(worth: list[int]):
    """The formula agrees with theirs in terms of the Möbius transform."""
    assert [list(row) for row in interaction_indices(worth)] == by_moebius(worth)


def test_interaction_of_who_needs_each_other_and_of_who_overlap():
    """Worth 1 only together: +1. Worth 1 already with either: -1. Independent: 0."""
    assert interaction_indices([0, 0, 0, 1])[0][1] == 1
    assert interaction_indices([0, 1, 1, 1])[0][1] == -1
    assert interaction_indices([0, 1, 1, 2])[0][1] == 0


def test_unanimity_spreads_interaction_over_its_pairs():
    """Three who are worth 1 only all together interact by 1/2 in each pair."""
    table = interaction_indices([0] * 7 + [1])
    assert {table[i][j] for i in range(3) for j in range(3) if i != j} == {Fraction(1, 2)}


def test_alone_and_left_out_frame_the_share():
    """One who needs another adds nothing alone, and takes everything along when it leaves."""
    worth = [0, 0, 3, 10]
    assert worth_alone(worth) == (0, 3)
    assert worth_left_out(worth) == (7, 10)
    assert shapley_values(worth) == (Fraction(7, 2), Fraction(13, 2))


@pytest.mark.parametrize("players", [1, 2, 3, 6])
def test_the_matrix_gives_the_same_shares(players: int):
    """Many games at once, in floats."""
    worth = np.random.default_rng(players).random(1 << players)
    shares = shapley_matrix(players) @ worth
    assert shares == pytest.approx([float(s) for s in shapley_values(worth.tolist())])
    assert not shapley_matrix(players).flags.writeable


@pytest.mark.parametrize("count", [0, 1, 3, 6, 1 << MAX_PLAYERS + 1])
def test_a_number_of_coalitions_that_no_game_has_is_refused(count: int):
    """k players have 2^k coalitions, and k has an end."""
    with pytest.raises(ValueError, match="2\\^k coalitions"):
        shapley_values([0] * count)


@pytest.mark.parametrize("worth", [float("nan"), float("inf")])
def test_a_worth_that_is_no_number_is_refused(worth: float):
    """What is not finite cannot be shared out."""
    with pytest.raises(ValueError, match="finite"):
        shapley_values([0.0, worth])
