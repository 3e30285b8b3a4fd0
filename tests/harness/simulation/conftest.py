"""Small scenarios: a few payments, exact profiles."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.simulation import Arrivals, NetworkModel, VirtualScenario
from mock_bkash import load_profile

MakeScenario = Callable[..., VirtualScenario]


@pytest.fixture
def make_scenario() -> MakeScenario:
    """Return a function that makes a scenario; what is given takes the place of the usual."""

    def make(profile: str = "constant", **changes: Any) -> VirtualScenario:
        loaded = load_profile(profile)
        usual: dict[str, Any] = {
            "profile": loaded,
            "arrivals": Arrivals(rate_per_s=1 / 3),
            "payments": 3,
            "network": NetworkModel.of(loaded),
        }
        return VirtualScenario(**(usual | changes))

    return make
