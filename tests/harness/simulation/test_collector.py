"""Laws of the collector that is kept quiet."""

import gc
from collections.abc import Iterator

import pytest

from harness.simulation.collector import quiet_collector, settle_collector


@pytest.fixture(autouse=True)
def process() -> Iterator[None]:
    """The tests' own process is settled; here it is as Python starts it, and as it was after."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    gc.unfreeze()
    yield
    gc.freeze()
    gc.set_threshold(*before)


def test_it_is_quiet_inside_and_as_before_afterwards():
    """Whatever happens inside."""
    before = gc.get_threshold()

    def break_inside() -> None:
        with quiet_collector():
            assert gc.get_threshold()[0] > before[0]
            assert gc.get_freeze_count() > 0
            raise KeyError

    with pytest.raises(KeyError):
        break_inside()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_a_settled_process_is_left_alone():
    """It neither looks at everything again nor gives back what was frozen."""
    settle_collector()
    before = gc.get_threshold()
    with quiet_collector():
        assert gc.get_threshold() == before
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() > 0
