"""Whose saving is it? Shares of a whole among players that are worth more, or less, together.

A game gives a worth to every coalition of k players. Here the players are optimizations, a
coalition is the set that is switched on, and its worth is what that set saves. Coalitions are
numbered by their bits: player i is in coalition c where bit i of c is 1.

Shares are those of L. S. Shapley, "A value for n-person games", in Contributions to the Theory of
Games II (1953), 307-317: what a player adds, averaged over all orders in which players can join,

    share(i) = Σ_S |S|! (k - |S| - 1)! / k! · (worth(S ∪ i) - worth(S))    S without i

It is the only way to share that gives everything away and nothing more (efficiency), gives nothing
to who adds nothing (null player), treats equals alike (symmetry), and adds up over games
(additivity). Additivity makes it right for means: shares in the stages of a payment sum to the
share in the payment.

Interaction is that of M. Grabisch, M. Roubens, "An axiomatic approach to the concept of
interaction among players in cooperative games", International Journal of Game Theory 28 (1999),
547-565, for pairs:

    interaction(i, j) = Σ_S |S|! (k - |S| - 2)! / (k - 1)! · (worth(S ∪ ij) - worth(S ∪ i)
                                                              - worth(S ∪ j) + worth(S))

Above 0 the two save more together than apart (one needs the other); below 0 they save the same
thing twice. All sums are of exact fractions, so that shares add up to the last digit.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import factorial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "MAX_PLAYERS",
    "Worth",
    "interaction_indices",
    "player_count",
    "shapley_matrix",
    "shapley_values",
    "worth_alone",
    "worth_left_out",
]

MAX_PLAYERS = 16
"""Most players of a game: 65,536 coalitions are summed in seconds, and each more doubles them."""

Worth: TypeAlias = Sequence[Fraction | int | float]
"""Worth by number of the coalition, 2^k of them."""


def player_count(worth: Worth) -> int:
    """Return k for the worths of 2^k coalitions.

    Raises:
        ValueError: their number is no power of two from 2 to 2^`MAX_PLAYERS`.
    """
    players = len(worth).bit_length() - 1
    if not 1 <= players <= MAX_PLAYERS or len(worth) != 1 << players:
        raise ValueError(
            f"a game of k players has 2^k coalitions, k from 1 to {MAX_PLAYERS}, not {len(worth)}"
        )
    return players


def shapley_values(worth: Worth) -> tuple[Fraction, ...]:
    """Return the share of each player; they sum to worth(all) - worth(nobody), exactly.

    Raises:
        ValueError: see `player_count`; or a worth is not finite.
    """
    players, exact = _exact(worth)
    weights = _weights(players, joining=1)
    return tuple(
        sum(
            (
                weights[coalition.bit_count()] * (exact[coalition | 1 << i] - exact[coalition])
                for coalition in _without(players, 1 << i)
            ),
            start=Fraction(0),
        )
        for i in range(players)
    )


def interaction_indices(worth: Worth) -> tuple[tuple[Fraction, ...], ...]:
    """Return the interaction of each pair, (k, k), symmetric; 0 on the diagonal.

    Raises:
        ValueError: see `shapley_values`.
    """
    players, exact = _exact(worth)
    table = [[Fraction(0)] * players for _ in range(players)]
    for i in range(players):
        for j in range(i):
            table[i][j] = table[j][i] = _interaction(exact, players, i, j)
    return tuple(tuple(row) for row in table)


def worth_alone(worth: Worth) -> tuple[Fraction, ...]:
    """Return what each player adds to nobody.

    Raises:
        ValueError: see `shapley_values`.
    """
    players, exact = _exact(worth)
    return tuple(exact[1 << i] - exact[0] for i in range(players))


def worth_left_out(worth: Worth) -> tuple[Fraction, ...]:
    """Return what is lost when each player alone leaves all the others.

    Raises:
        ValueError: see `shapley_values`.
    """
    players, exact = _exact(worth)
    everybody = (1 << players) - 1
    return tuple(exact[everybody] - exact[everybody ^ 1 << i] for i in range(players))


@lru_cache(maxsize=8)
def shapley_matrix(players: int) -> NDArray[np.float64]:
    """Return M, (k, 2^k), with which shares = M @ worth: for many games at once, in floats."""
    weights = _weights(players, joining=1)
    matrix = np.zeros((players, 1 << players))
    for i in range(players):
        for coalition in _without(players, 1 << i):
            weight = float(weights[coalition.bit_count()])
            matrix[i, coalition | 1 << i] = weight
            matrix[i, coalition] = -weight
    matrix.setflags(write=False)
    return matrix


def _exact(worth: Worth) -> tuple[int, list[Fraction]]:
    players = player_count(worth)
    try:
        # A float is a fraction, too: what it says is taken to the last bit.
        return players, [Fraction(value) for value in worth]
    except (OverflowError, ValueError) as error:
        raise ValueError("the worth of every coalition must be a finite number") from error


def _weights(players: int, *, joining: int) -> list[Fraction]:
    """Return the weight by size of the coalition that `joining` players join."""
    orders = factorial(players - joining + 1)
    return [
        Fraction(factorial(size) * factorial(players - size - joining), orders)
        for size in range(players - joining + 1)
    ]


def _without(players: int, members: int) -> list[int]:
    return [coalition for coalition in range(1 << players) if not coalition & members]


def _interaction(exact: list[Fraction], players: int, i: int, j: int) -> Fraction:
    weights = _weights(players, joining=2)
    first, second = 1 << i, 1 << j
    total = Fraction(0)
    for coalition in _without(players, first | second):
        both = exact[coalition | first | second] - exact[coalition | first]
        total += weights[coalition.bit_count()] * (
            both - exact[coalition | second] + exact[coalition]
        )
    return total
