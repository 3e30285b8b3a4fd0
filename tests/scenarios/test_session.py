"""Sessions: one that gives up takes its process, and its master, with it."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from harness.load import locust_command

pytestmark = pytest.mark.real_time


def test_worker_whose_recorder_fails_stops_the_test(
    shop: Any, tmp_path: Path, two_workers: list[str]
) -> None:
    """Master and workers end with a status that is not 0, long before their time."""
    arguments = [
        "--host", shop.url, *two_workers, "--arrival-rate", "40", "-t", "10m",
        "--land-think", "0", "--approve-think", "0", "--samples", str(tmp_path),
    ]  # fmt: skip
    # A file size limit of 8 blocks stands for a full disk.
    done = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 8; exec "$0" "$@"', *locust_command(), *arguments],
        env={k: v for k, v in os.environ.items() if not k.startswith("LOCUST_")},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1, done.stderr
    assert "gave up; its log says why" in done.stderr
    assert "the recorder failed, so the run stops" in done.stderr
