"""Progress lines."""

import pytest

from harness.load import Progress, ProgressEvent, read_progress


def test_line_is_read_back_as_it_was_written() -> None:
    """The lab reads what the generator wrote, on one line."""
    progress = Progress(
        event=ProgressEvent.END,
        origin_ns=5,
        elapsed_s=1.5,
        arrivals_s=60,
        planned=280,
        complete=True,
    )
    assert "\n" not in progress.line()
    assert read_progress(progress.line()) == progress


@pytest.mark.parametrize("line", ["", "Starting Locust", "{}", '{"event":"start"}', b"\xff", "[1]"])
def test_other_lines_are_none_of_ours(line: str | bytes) -> None:
    """Whatever else stands on the output is passed over."""
    assert read_progress(line) is None
