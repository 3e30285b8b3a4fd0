"""Pacers: when shoppers arrive."""

import math
from itertools import islice, pairwise

import pytest
from hypothesis import given, strategies as st

from harness.clock import NS_PER_S
from harness.load.pacer import (
    WINDOW_S,
    Burst,
    Pacing,
    arrivals_forever,
    number_arrivals,
    plan_arrivals,
    plan_burst,
    spread_hours,
)

PACINGS = st.sampled_from(list(Pacing))
RATES = st.floats(0.1, 50)
LENGTHS = st.floats(0, 60)
SEEDS = st.integers(0, 2**32)


@given(PACINGS, RATES, LENGTHS, LENGTHS, SEEDS)
def test_every_part_of_a_plan_has_exactly_its_share(
    pacing: Pacing, rate_per_s: float, warmup_s: float, duration_s: float, seed: int
) -> None:
    """Rate × length arrivals, rounded, fall into the warm-up, and as many as that into the run."""
    arrivals = plan_arrivals(
        pacing, rate_per_s=rate_per_s, warmup_s=warmup_s, duration_s=duration_s, seed=seed
    )
    early = [a for a in arrivals if a.warmup]
    late = [a for a in arrivals if not a.warmup]
    assert len(early) == round(rate_per_s * warmup_s)
    assert len(late) == round(rate_per_s * duration_s)
    border_ns = round(warmup_s * 1_000_000) * 1_000
    assert all(a.due_ns < border_ns for a in early)
    assert all(border_ns <= a.due_ns for a in late)


@given(PACINGS, SEEDS)
def test_arrivals_ascend_and_are_numbered_from_zero(pacing: Pacing, seed: int) -> None:
    """Arrival i is never due before arrival i - 1."""
    arrivals = plan_arrivals(pacing, rate_per_s=4, warmup_s=5, duration_s=20, seed=seed)
    assert [a.number for a in arrivals] == list(range(100))
    assert arrivals == sorted(arrivals, key=lambda a: a.due_ns)


@given(SEEDS)
def test_same_seed_has_the_same_arrivals(seed: int) -> None:
    """A plan is a function of its arguments; another seed is another plan."""
    first, again, other = (
        plan_arrivals(Pacing.POISSON, rate_per_s=4, warmup_s=1, duration_s=10, seed=s)
        for s in (seed, seed, seed + 1)
    )
    assert first == again
    assert first != other


def test_known_seed_has_known_arrivals() -> None:
    """Instants are whole microseconds from integers: the same on every machine, for ever."""
    arrivals = plan_arrivals(Pacing.POISSON, rate_per_s=4, warmup_s=0, duration_s=1, seed=7)
    assert [a.due_ns for a in arrivals] == [651_475_000, 705_131_000, 792_000_000, 832_417_000]


def test_paced_arrivals_are_evenly_spread() -> None:
    """Paced arrivals at 4/s are 250 ms apart, to the microsecond."""
    arrivals = plan_arrivals(Pacing.PACED, rate_per_s=4, warmup_s=0, duration_s=1, seed=1)
    assert [a.due_ns for a in arrivals] == [0, 250_000_000, 500_000_000, 750_000_000]


def test_poisson_gaps_are_as_irregular_as_shoppers() -> None:
    """The gaps' variation coefficient is near 1, an exponential's; a regular schedule has 0."""
    arrivals = plan_arrivals(Pacing.POISSON, rate_per_s=10, warmup_s=0, duration_s=1000, seed=1)
    gaps = [later.due_ns - sooner.due_ns for sooner, later in pairwise(arrivals)]
    mean = sum(gaps) / len(gaps)
    spread = (sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) ** 0.5
    assert 0.97 < spread / mean < 1.03


@given(PACINGS, st.floats(0.5, 20), SEEDS)
def test_endless_schedule_keeps_its_rate(pacing: Pacing, rate_per_s: float, seed: int) -> None:
    """Every window holds its exact share, so the rate does not drift."""
    window_s = max(WINDOW_S, 100 / rate_per_s)
    total = round(3 * rate_per_s * window_s)
    arrivals = list(islice(arrivals_forever(pacing, rate_per_s=rate_per_s, seed=seed), total))
    assert arrivals == sorted(arrivals, key=lambda a: a.due_ns)
    assert [a.number for a in arrivals] == list(range(total))
    assert arrivals[-1].due_ns < 3 * round(window_s * NS_PER_S) + 3_000


@pytest.mark.parametrize("rate_per_s", [0.0, -1.0])
def test_endless_schedule_needs_a_rate(rate_per_s: float) -> None:
    """A rate of nothing would never yield and is refused."""
    with pytest.raises(ValueError, match="above 0"):
        next(arrivals_forever(Pacing.POISSON, rate_per_s=rate_per_s, seed=1))


@given(PACINGS, st.integers(1, 200), st.floats(0, 1e5), st.floats(0.1, 1e4), SEEDS)
def test_a_burst_is_whole_and_in_its_time(
    pacing: Pacing, shoppers: int, at_s: float, length_s: float, seed: int
) -> None:
    """All of its shoppers come, ascending, none before it begins or after it ends."""
    burst = Burst(shoppers=shoppers, at_s=at_s, length_s=length_s)
    instants_us = plan_burst(burst, pacing, seed=seed)
    assert len(instants_us) == shoppers
    assert instants_us == sorted(instants_us)
    assert round(at_s * 1e6) <= instants_us[0]
    assert instants_us[-1] < round(at_s * 1e6) + round(length_s * 1e6)


def test_two_bursts_of_a_run_are_no_copies() -> None:
    """When the second begins, chance does not begin anew."""
    first = plan_burst(Burst(50, at_s=0.0, length_s=60.0), Pacing.POISSON, seed=1)
    second = plan_burst(Burst(50, at_s=3_600.0, length_s=60.0), Pacing.POISSON, seed=1)
    assert [us - 3_600_000_000 for us in second] != first


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((0, 0.0, 1.0), "shoppers: must be 1 or more"),
        ((1, -1.0, 1.0), "at_s: must be"),
        ((1, math.inf, 1.0), "at_s: must be"),
        ((1, 0.0, 0.0), "length_s: must be"),
        ((1, 0.0, math.nan), "length_s: must be"),
    ],
)
def test_what_is_no_burst_is_refused(values: tuple[int, float, float], words: str) -> None:
    """The message names the value."""
    with pytest.raises(ValueError, match=words):
        Burst(*values)


@given(PACINGS, SEEDS)
def test_every_hour_has_its_share_day_after_day(pacing: Pacing, seed: int) -> None:
    """Halves are not lost: over two days an hour of 2.5 has five."""
    rates = (0.0, 2.5, 5.0) + (0.0,) * 21
    hours = list(islice(spread_hours(rates, pacing, seed=seed), 48))
    assert sum(len(hour) for hour in hours) == 15
    assert len(hours[1]) + len(hours[25]) == 5
    for number, hour in enumerate(hours):
        assert all(number * 3_600_000_000 <= us < (number + 1) * 3_600_000_000 for us in hour)


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ((1.0,) * 23, "a day has 24 hours, got 23"),
        ((-1.0,) + (1.0,) * 23, "hour 0: -1 is not a number"),
        ((math.nan,) + (1.0,) * 23, "hour 0: nan"),
        ((0.0,) * 24, "nobody arrives"),
    ],
)
def test_what_is_no_day_is_refused(rates: tuple[float, ...], words: str) -> None:
    """The message names the hour."""
    with pytest.raises(ValueError, match=words):
        next(spread_hours(rates, Pacing.PACED, seed=1))


def test_arrivals_are_numbered_in_order_and_flagged_by_the_warm_up() -> None:
    """The last one that lies before its end is the warm-up's."""
    arrivals = list(number_arrivals([0, 999_999, 1_000_000, 5_000_000], warmup_s=1.0))
    assert [arrival.number for arrival in arrivals] == [0, 1, 2, 3]
    assert [arrival.warmup for arrival in arrivals] == [True, True, False, False]
    assert arrivals[1].due_ns == 999_999_000
