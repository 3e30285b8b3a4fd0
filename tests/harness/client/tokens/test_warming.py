"""Laws of the reports of warming."""

from harness.client import Warmth
from harness.client.tokens.warming import LIFETIME_UNKNOWN_S, cooling_down, failed, fresh
from harness.errors import NotSent


def test_a_report_says_when_the_next_look_is_due():
    """Fresh, or left alone for a while: both name a time."""
    assert (fresh(9.0).warmth, fresh(9.0).due_s) == (Warmth.FRESH, 9.0)
    assert (cooling_down(3.0).warmth, cooling_down(3.0).due_s) == (Warmth.COOLING_DOWN, 3.0)


def test_a_failure_is_told_in_words():
    """Which call, what kind of failure, and its text."""
    report = failed(NotSent("refused", phase="token_grant"), due_s=1.0)
    assert report.warmth is Warmth.FAILED
    assert report.detail == "token_grant: NotSent: refused"


def test_an_unknown_life_is_the_documented_hour():
    """Before there was a token, waits are those of an ordinary one."""
    assert LIFETIME_UNKNOWN_S == 3600.0
