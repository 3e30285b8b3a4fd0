"""How a probe shows itself."""

from harness.cli.probe.display import ProbeBar, ProbeLines, Unseen, choose_probe_display
from harness.probe import ProbeStep


def test_payments_are_one_line_in_a_log(capsys):
    """Twenty of them would be noise; the time left is said once."""
    with ProbeLines() as display:
        for number in (1, 2, 3):
            display.step(ProbeStep(f"payment {number} of 20", 0.1, 84.2))
        display.step(ProbeStep("two at once", 0.8, 20.0))
    assert capsys.readouterr().err == "payments (1:25 left)\ntwo at once (0:20 left)\n"


def test_quiet_shows_nothing(capsys):
    """Standard error stays empty."""
    with choose_probe_display(quiet=True) as display:
        display.step(ProbeStep("payment 1 of 20", 0.1, 80.0))
    assert isinstance(display, Unseen)
    assert capsys.readouterr() == ("", "")


def test_elsewhere_than_on_a_terminal_lines_are_printed():
    """A bar in a log is garbage."""
    assert isinstance(choose_probe_display(quiet=False), ProbeLines)


def test_a_bar_goes_away_when_it_is_done():
    """It leaves the terminal to the result."""
    with ProbeBar() as display:
        display.step(ProbeStep("payment 1 of 20", 0.5, 40.0))
