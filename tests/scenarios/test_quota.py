"""Quotas: so many journeys, and an end that is said once."""

from collections.abc import Callable

import pytest

from scenarios.quota import Quota


class Ends:
    """Count how often the end was said."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def ends() -> Ends:
    return Ends()


def quota(payments: int, ends: Callable[[], None], *, index: int = 0, workers: int = 1) -> Quota:
    return Quota(payments, index=index, workers=workers, on_end=ends)


def test_no_more_set_out_than_were_asked_for(ends: Ends) -> None:
    """The third of two is sent nowhere."""
    two = quota(2, ends)
    assert [two.take() for _ in range(3)] == [True, True, False]
    assert two.share == 2


def test_end_is_said_when_the_last_is_over_and_only_then(ends: Ends) -> None:
    """Setting out is no end; two that are over are, once."""
    two = quota(2, ends)
    two.take()
    two.take()
    two.finished()
    assert ends.count == 0
    two.finished()
    two.finished()
    assert ends.count == 1


def test_without_a_number_there_is_no_end(ends: Ends) -> None:
    """0 lets everybody set out, for ever."""
    endless = quota(0, ends)
    assert endless.share is None
    for _ in range(1000):
        assert endless.take()
        endless.finished()
    assert ends.count == 0


def test_ended_test_is_not_ended_again(ends: Ends) -> None:
    """Whoever is stopped on the way counts for nothing any more."""
    one = quota(1, ends)
    one.take()
    one.close()
    one.finished()
    assert ends.count == 0


@pytest.mark.parametrize(
    ("payments", "workers", "shares"),
    [(7, 3, [3, 2, 2]), (6, 3, [2, 2, 2]), (1, 3, [1, 0, 0]), (5, 1, [5])],
)
def test_shares_of_all_workers_are_the_whole(
    ends: Ends, payments: int, workers: int, shares: list[int]
) -> None:
    """They differ by one at most."""
    quotas = [quota(payments, ends, index=index, workers=workers) for index in range(workers)]
    assert [one.share for one in quotas] == shares
    assert sum(shares) == payments


def test_worker_without_a_share_is_over_at_once(ends: Ends) -> None:
    """Its master must not wait for it."""
    nothing = quota(1, ends, index=1, workers=2)
    assert ends.count == 1
    assert not nothing.take()
