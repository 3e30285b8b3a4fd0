"""Laws of the options that choose the clock and shape a virtual run."""

from typing import Any

import click
import pytest

from harness.cli.compare.command import compare_command
from harness.cli.compare.virtual_options import (
    BURST,
    BurstWish,
    VirtualWish,
    take_virtual_wish,
)
from harness.errors import ConfigurationError


def options(*arguments: str) -> dict[str, Any]:
    return compare_command.make_context("compare", list(arguments)).params


def test_a_burst_is_shoppers_start_and_length():
    """500 in two minutes from the ninth hour on."""
    assert BURST.convert("500@9h/2m", None, None) == BurstWish(500, 32_400.0, 120.0)
    assert BURST.convert("5 @ 0 / 30", None, None) == BurstWish(5, 0.0, 30.0)


@pytest.mark.parametrize(
    "text", ["500", "500@9h", "@9h/2m", "0@9h/2m", "-5@9h/2m", "5@x/2m", "5@9h/0"]
)
def test_what_is_no_burst_is_refused(text: str):
    """The message shows how to write one, or what is wrong with a part."""
    with pytest.raises(click.BadParameter, match=r"500@2h/2m|is not a"):
        BURST.convert(text, None, None)


def test_on_the_real_clock_there_is_no_wish():
    """Without `--clock virtual` nothing changes."""
    assert take_virtual_wish(options()) is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--payments", "10"), "--payments needs --clock virtual"),
        (("--burst", "5@0/1m"), "--burst needs --clock virtual"),
        (("--day", "d.csv"), "--day needs"),
        (("--arrivals", "paced"), "--arrivals needs"),
        (("--gateway-connections", "3"), "--gateway-connections needs"),
        (("--loss", "0.1"), "--loss needs"),
        (("--service-time", "5"), "--service-time needs"),
        (("--jobs", "2"), "--jobs needs"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(arguments: tuple[str, ...], words: str):
    """Whoever gives it believes that it does something."""
    with pytest.raises(ConfigurationError, match=words):
        take_virtual_wish(options(*arguments))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--target", "shop=http://127.0.0.1:3000"), "--target names a backend over sockets"),
        (("--time-scale", "0.1"), "--time-scale means nothing on the virtual clock"),
        (("--rate", "4", "--day", "d.csv"), "--rate and --day both say how many arrive"),
    ],
)
def test_what_the_virtual_clock_cannot_do_is_refused(arguments: tuple[str, ...], words: str):
    """The message says why, and what to do."""
    with pytest.raises(ConfigurationError, match=words):
        take_virtual_wish(options("--clock", "virtual", *arguments))


def test_what_was_typed_is_the_wish():
    """Options that both clocks have are taken as typed: their defaults differ."""
    wish = take_virtual_wish(
        options("--clock", "virtual", "--payments", "1000", "--rate", "0.5", "--burst", "5@1h/1m")
    )
    assert wish == VirtualWish(
        payments=1_000, rate_per_s=0.5, bursts=(BurstWish(5, 3_600.0, 60.0),)
    )
