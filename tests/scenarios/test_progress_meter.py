"""Progress lines of a real run."""

from itertools import pairwise
from typing import Any

import pytest

pytestmark = pytest.mark.real_time


def test_lines_tell_the_run_from_start_to_end(lab_run: Any) -> None:
    """A start, a line a second, an end; counts only grow and end at the plan's."""
    lines = lab_run.ended.progress()
    assert lines[0].event == "start"
    assert lines[-1].event == "end"
    assert all(line.event == "progress" for line in lines[1:-1])
    assert {line.origin_ns for line in lines} == {lines[0].origin_ns}
    assert {line.planned for line in lines} == {24}
    for before, after in pairwise(lines):
        assert before.elapsed_s < after.elapsed_s
        assert before.due <= after.due
        assert before.started <= after.started
        assert before.finished <= after.finished <= after.started


def test_last_line_sums_the_run_up(lab_run: Any) -> None:
    """Everybody arrived, ended and paid."""
    end = lab_run.ended.progress()[-1]
    assert end.complete
    assert (end.due, end.started, end.finished, end.failed) == (24, 24, 24, 0)
    assert end.arrivals_s <= 1.5
    assert 0 < end.cpu_mean < 1
    requests = lab_run.samples[lab_run.samples["stage"] == ""]
    lag_ns = (requests["start_ns"] - requests["intended_ns"]).max()
    assert end.lag_ms_max == round(lag_ns / 1e6, 3)


def test_output_is_progress_alone(lab_run: Any) -> None:
    """Locust's own tables go to standard error, so every line of the output is one of ours."""
    assert len(lab_run.ended.progress()) == len(lab_run.ended.output.splitlines())
