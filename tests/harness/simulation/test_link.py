"""Laws of the line and its weather."""

import math

import pytest

from harness.simulation import Link
from harness.simulation.link import FIRST_TIMEOUT_US, MAX_LOSSES, Weather


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"round_trip_s": -0.1}, "round_trip_s: must be a finite number, 0 or more"),
        ({"round_trip_s": math.nan}, "round_trip_s: must be"),
        ({"round_trip_s": math.inf}, "round_trip_s: must be"),
        ({"loss": 1.0}, "loss: must be a probability below 1, got 1"),
        ({"loss": math.nan}, "loss: must be"),
        ({"reset": 1.1}, "reset: must be a probability, got 1.1"),
        ({"reset": -0.1}, "reset: must be"),
    ],
)
def test_what_is_no_line_is_refused(values: dict[str, float], words: str):
    """The message names the value and the range."""
    with pytest.raises(ValueError, match=words):
        Link(**values)


def test_in_calm_weather_nothing_happens_and_nothing_is_drawn():
    """A line without trouble costs nothing but its length."""
    fate = Weather(Link(round_trip_s=0.1), name="gateway", seed=1).fate("any")
    assert (fate.connect_us, fate.request_us, fate.answer_us) == (0, 0, 0)
    assert not fate.lost_before
    assert not fate.lost_after


def test_equal_keys_have_equal_fates_in_any_order():
    """Variants meet the same weather for the same payment, whatever each did before."""
    link = Link(loss=0.3, reset=0.3)
    keys = [f"payment {n}" for n in range(200)]
    one = Weather(link, name="gateway", seed=1)
    other = Weather(link, name="gateway", seed=1)
    backwards = [other.fate(key) for key in reversed(keys)]
    assert [one.fate(key) for key in keys] == backwards[::-1]
    assert len(set(backwards)) > 10


def test_another_line_and_another_seed_have_another_weather():
    """Gateway and shopper are not unlucky together."""
    link = Link(loss=0.5)
    fates = {
        tuple(Weather(link, name=name, seed=seed).fate(f"{n}") for n in range(64))
        for name in ("gateway", "shopper")
        for seed in (1, 2)
    }
    assert len(fates) == 4


def test_losses_and_resets_come_as_often_as_asked():
    """Shares lie within four standard errors of their probabilities; halves are halves."""
    count, loss, reset = 20_000, 0.1, 0.2
    weather = Weather(Link(loss=loss, reset=reset), name="gateway", seed=3)
    fates = [weather.fate(str(number)) for number in range(count)]

    def close(hits: int, share: float) -> bool:
        return abs(hits / count - share) < 4 * math.sqrt(share * (1 - share) / count)

    assert close(sum(fate.request_us > 0 for fate in fates), loss)
    assert close(sum(fate.request_us > FIRST_TIMEOUT_US for fate in fates), loss**2)
    assert close(sum(fate.lost_before for fate in fates), reset / 2)
    assert close(sum(fate.lost_after for fate in fates), reset / 2)
    assert not any(fate.lost_before and fate.lost_after for fate in fates)


def test_each_loss_in_a_row_waits_twice_as_long():
    """RFC 6298: 1 s, then 2 s more, then 4 s, and in the end it is given up."""
    weather = Weather(Link(loss=0.9), name="gateway", seed=1)
    seen = {weather.fate(str(number)).request_us for number in range(2_000)}
    assert seen == {FIRST_TIMEOUT_US * (2**losses - 1) for losses in range(MAX_LOSSES + 1)}
