"""Laws of the settings."""

import pytest

from harness.cli.compare.settings import default_rate_per_s


@pytest.mark.parametrize(("scale", "rate"), [(1.0, 4.0), (2.0, 4.0), (0.5, 4.0), (0.1, 0.8)])
def test_short_scale_does_not_swamp_the_machine(scale, rate):
    """The default rate is the same for people, but never more than the machine can serve."""
    assert default_rate_per_s(scale) == pytest.approx(rate)
