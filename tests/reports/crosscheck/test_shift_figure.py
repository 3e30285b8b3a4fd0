"""Laws of the figure of what the real clock adds."""

from reports.crosscheck.shift_figure import shift_figure


def test_judged_stages_are_drawn_upon_their_prediction(agreeing):
    """By variant; what could not be judged is left out."""
    figure = shift_figure(agreeing)
    assert "create payment" in figure.wide
    assert "grant token" not in figure.wide
    assert "added, ms" in figure.narrow
    assert "sequential: 2 of 2 stages within their prediction" in figure.alt


def test_a_dot_beyond_its_bar_is_told_in_words_too(disagreeing):
    """For those who do not see it."""
    assert (
        "overlapped: 1 of 2 stages within their prediction, at most 200 ms added"
        in shift_figure(disagreeing).alt
    )


def test_nothing_judged_nothing_drawn(empty):
    """No frame without content."""
    assert shift_figure(empty) is None
