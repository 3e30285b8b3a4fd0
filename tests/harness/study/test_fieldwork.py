"""Laws of a study's work."""

from functools import partial

import pytest

from harness.simulation import Task, available_cores
from harness.study.fieldwork import SIMULATING, SIMULATING_SHARE


def double(number, report):
    report(0.5)
    return 2 * number


def cells(*numbers):
    return [Task(str(number), partial(double, number), weight=1.0) for number in numbers]


def test_results_come_in_order_round_after_round(make_fieldwork):
    """And they are counted."""
    fieldwork = make_fieldwork()
    assert fieldwork.simulate(cells(3, 1, 2)) == [6, 2, 4]
    assert fieldwork.simulate(cells(5)) == [10]
    assert fieldwork.simulations == 4


def test_a_round_without_cells_is_one(make_fieldwork):
    """Nothing turned out to be needed."""
    assert make_fieldwork().simulate([]) == []


def test_the_bar_knows_what_is_ahead(make_fieldwork, watcher):
    """Half the work is half of the simulations' share, and it never runs backwards."""
    fieldwork = make_fieldwork(observer=watcher)
    fieldwork.simulate(cells(1, 2), ahead=2.0)
    assert watcher.steps[-1].done == pytest.approx(SIMULATING_SHARE / 2)
    fieldwork.simulate(cells(1, 2, 3, 4))
    done = [step.done for step in watcher.steps]
    assert done == sorted(done)
    assert done[-1] == pytest.approx(SIMULATING_SHARE)
    assert {step.doing for step in watcher.steps} == {SIMULATING}


def test_the_stamp_says_what_made_it(make_fieldwork):
    """Name, command, versions, processes and how long."""
    stamp = make_fieldwork(jobs=None).stamp(7)
    assert (stamp["schema_version"], stamp["name"]) == (7, "run")
    assert stamp["jobs"] == available_cores()
    assert stamp["wall_s"] >= 0
