"""Laws of showing a run while it goes."""

import io
import sys

import pytest

from harness.cli.display import (
    BarDisplay,
    LineDisplay,
    SilentDisplay,
    choose_display,
    format_left,
)
from harness.lab import Phase
from harness.progress import Step


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def use_terminal(monkeypatch) -> Terminal:
    # Not a fixture: pytest puts its own standard error in place between fixtures and the test.
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return made


@pytest.mark.parametrize(
    ("left_s", "text"),
    [(0, "0:00 left"), (0.2, "0:01 left"), (59.5, "1:00 left"), (754, "12:34 left")],
)
def test_time_left_is_rounded_up_to_whole_seconds(left_s, text):
    """0:00 means done, and nothing else does."""
    assert format_left(left_s) == text


def test_quiet_shows_nothing(capsys):
    """--quiet is silent on a terminal too."""
    with choose_display(quiet=True) as display:
        display.step(Step(Phase.MEASURING, 0.5, 30.0))
    assert isinstance(display, SilentDisplay)
    assert capsys.readouterr() == ("", "")


def test_pipes_get_a_plain_line_per_phase(capsys):
    """Without a terminal each phase is one line on standard error, with the time left."""
    with choose_display(quiet=False) as display:
        display.step(Step(Phase.STARTING, 0.1, 90.0))
        display.step(Step(Phase.STARTING, 0.2, 80.0))
        display.step(Step(Phase.MEASURING, 0.3, 65.0))
    assert isinstance(display, LineDisplay)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "starting processes (1:30 left)\nmeasuring (1:05 left)\n"


def test_the_next_of_many_is_no_news(capsys):
    """Twenty lines would be noise; the time left is said once."""
    with choose_display(quiet=False) as display:
        for number in (1, 2, 3):
            display.step(Step(f"payment {number} of 20", 0.1, 84.2))
        display.step(Step("two at once", 0.8, 20.0))
    assert capsys.readouterr().err == "payments (1:25 left)\ntwo at once (0:20 left)\n"


def test_pipes_hear_of_the_time_left_when_it_is_known_and_at_each_quarter(capsys):
    """A first guess is corrected; a time that nobody knows is not made up."""
    steps = [(0.0, None), (0.01, None), (0.1, 90.0), (0.2, 60.0), (0.26, 50.0), (0.3, 45.0)]
    with choose_display(quiet=False) as display:
        for done, left_s in [*steps, (0.8, 11.0), (1.0, 0.0)]:
            display.step(Step("simulating", done, left_s))
    assert capsys.readouterr().err.splitlines() == [
        "simulating",
        "simulating (1:30 left)",
        "simulating (0:50 left)",
        "simulating (0:11 left)",
    ]


def test_a_bar_does_not_make_up_a_time(monkeypatch):
    """Before there is a pace, nothing stands where the time left will be."""
    terminal = use_terminal(monkeypatch)
    with choose_display(quiet=False) as display:
        display.step(Step("simulating", 0.0, None))
    assert "left" not in terminal.getvalue()


def test_terminals_get_a_bar_with_the_time_left(monkeypatch):
    """On a terminal one bar shows what is done and how long it will take."""
    terminal = use_terminal(monkeypatch)
    with choose_display(quiet=False) as display:
        display.step(Step(Phase.MEASURING, 0.5, 30.0))
    assert isinstance(display, BarDisplay)
    assert "measuring" in terminal.getvalue()
    assert "0:30 left" in terminal.getvalue()


def test_no_color_takes_the_colour_from_the_bar(monkeypatch):
    """With NO_COLOR no colour is set, whatever the terminal could do."""
    terminal = use_terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    with choose_display(quiet=False) as display:
        display.step(Step(Phase.MEASURING, 0.5, 30.0))
    text = terminal.getvalue()
    assert "measuring" in text
    assert "\x1b[3" not in text
    assert "38;5" not in text


def test_dumb_terminals_get_lines(monkeypatch):
    """A terminal that cannot move its cursor is treated like a pipe."""
    use_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(choose_display(quiet=False), LineDisplay)
