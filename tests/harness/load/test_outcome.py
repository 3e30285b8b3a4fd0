"""Outcomes: one word for what became of a request."""

import pytest

from harness.load.outcome import Outcome, judge_status


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        pytest.param(200, "ok", id="200"),
        pytest.param(204, "ok", id="204"),
        pytest.param(303, "ok", id="redirect"),
        pytest.param(404, "refused", id="404"),
        pytest.param(409, "refused", id="409"),
        pytest.param(500, "http_500", id="500"),
        pytest.param(503, "http_503", id="503"),
        pytest.param(101, "http_101", id="nothing a journey can use"),
    ],
)
def test_status_stands_for_one_outcome(status: int, outcome: str) -> None:
    """A 4xx is the shop's no, a 5xx its failure, and each keeps its name."""
    assert judge_status(status) == outcome


def test_outcomes_are_the_words_of_a_sample() -> None:
    """The documented words of a sample's outcome are these, besides http_NNN."""
    words = {"ok", "refused", "timeout", "connection", "protocol", "not_paid", "abandoned"}
    assert {str(outcome) for outcome in Outcome} == words
