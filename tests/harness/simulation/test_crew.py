"""Laws of several simulations at once."""

import os
from collections.abc import Callable
from functools import partial

import pytest

from harness.errors import ConfigurationError, InvalidRunError
from harness.simulation import Crew, Task, available_cores

Report = Callable[[float], None]


def square(number: int, report: Report) -> int:
    report(0.5)
    return number * number


def tell_process(report: Report) -> int:
    del report
    return os.getpid()


def refuse(report: Report) -> int:
    raise ConfigurationError("the task refused")


def die(report: Report) -> int:
    os._exit(9)


def tasks(count: int) -> list[Task[int]]:
    return [
        Task(name=str(number), work=partial(square, number), weight=1.0 + number % 3)
        for number in range(count)
    ]


def test_one_process_is_this_one():
    """With one job nothing is started: a debugger and a profiler see everything."""
    crew = Crew[int](1)
    assert crew.run([Task(name="pid", work=tell_process)] * 2) == [os.getpid()] * 2


def test_progress_rises_to_one():
    """Shares are weighed, and all of the work is told in the end."""
    shares: list[float] = []
    Crew[int](1).run(tasks(4), on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert 0 < shares[0] < 0.5


@pytest.mark.parametrize("jobs", [0, -1])
def test_a_crew_of_nobody_is_refused(jobs: int):
    """The message names the number."""
    with pytest.raises(ValueError, match=f"jobs: must be 1 or more, got {jobs}"):
        Crew[int](jobs)


def test_there_is_at_least_one_core():
    """Where the system tells nothing, one is assumed."""
    assert available_cores() >= 1


@pytest.mark.real_time
def test_results_come_in_the_order_of_the_tasks():
    """However they were shared out among processes."""
    shares: list[float] = []
    assert Crew[int](2).run(tasks(7), on_progress=shares.append) == [n * n for n in range(7)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


@pytest.mark.real_time
def test_an_error_of_a_task_is_raised_here():
    """As if it had been called in this process; the others are ended."""
    crew = Crew[int](2)
    with pytest.raises(ConfigurationError, match="the task refused"):
        crew.run([*tasks(2), Task(name="bad", work=refuse)])


@pytest.mark.real_time
def test_a_process_that_dies_is_named():
    """A result that never comes must not be waited for."""
    crew = Crew[int](2)
    with pytest.raises(InvalidRunError, match="simulated bad died"):
        crew.run([*tasks(1), Task(name="bad", work=die)])
