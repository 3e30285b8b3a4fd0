"""Laws of ready limits."""

from harness.gate.grammar import parse_limit
from harness.gate.ready import DEFAULT, GUIDE, READY, ready_texts


def test_ready_limits_are_limits():
    """Every one can be read, on both clocks, and says what it means."""
    for name, meaning in READY.items():
        assert meaning
        for clock in ("real", "virtual"):
            texts = ready_texts(name, clock=clock)
            assert [str(limit) for limit in parse_limit(name, clock=clock)] == list(texts)


def test_guide_is_the_guides_criterion():
    """make-payment under 3 seconds."""
    assert ready_texts(GUIDE, clock="virtual") == ("p95 make_payment < 3s",)
    assert DEFAULT in READY
