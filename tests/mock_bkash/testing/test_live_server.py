"""A mock in a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.clock import wall_sleep
from mock_bkash.testing import LiveServer, MockError, live_server as room

pytestmark = pytest.mark.real_time


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    for _ in range(600):
        if not is_alive(pid):
            return True
        wall_sleep(0.05)
    return False


def test_it_answers_until_it_is_stopped():
    """And is gone then; a second stop is none."""
    with LiveServer(["--profile", "fast"]) as server:
        assert server.ask("GET", "/_mock/health").json()["profile"] == "fast"
        pid = server._process.pid
    assert not is_alive(pid)
    with pytest.raises(MockError, match=r"does not answer: .* it was stopped"):
        server.ask("GET", "/_mock/health")


def test_one_that_does_not_start_says_why():
    """In the words of the command line."""
    with pytest.raises(MockError, match="did not start: Error: --profile: unknown profile 'quick'"):
        LiveServer(["--profile", "quick"])


def test_one_that_was_killed_says_so():
    """Not a traceback of sockets."""
    with LiveServer(["--profile", "fast"]) as server:
        server._process.kill()
        server._process.wait()
        with pytest.raises(MockError, match="does not answer"):
            server.ask("GET", "/_mock/health")


def test_one_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch):
    """A stopped process feels nothing but that."""
    monkeypatch.setattr(room, "END_S", 0.1)
    server = LiveServer(["--profile", "fast"])
    os.kill(server._process.pid, signal.SIGSTOP)
    server.stop()
    assert server._process.returncode == -signal.SIGKILL


def test_it_ends_with_whoever_started_it():
    """Also where that was killed and could not stop anything."""
    program = (
        "from mock_bkash.testing import LiveServer; s = LiveServer(['--profile', 'fast']);"
        " print(s._process.pid, flush=True); import signal; signal.pause()"
    )
    starter = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    starter.kill()
    starter.communicate(timeout=30)
    assert ends(pid)
