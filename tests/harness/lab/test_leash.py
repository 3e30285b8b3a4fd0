"""Laws of the leash."""

import os
import subprocess
import sys

import psutil
import pytest

from harness.lab.leash import leashed

pytestmark = pytest.mark.real_time

PARENT = """
import subprocess, sys, time
from harness.lab.leash import leashed
child = subprocess.Popen(leashed((sys.executable, "-c", "import time; time.sleep(600)")))
print(child.pid, flush=True)
time.sleep(600)
"""


def test_killed_parent_takes_its_child_along():
    """A kill -9 of the process that started a leashed child ends the child too."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    # An orphan's exit status goes to init; psutil waits for the process id to vanish.
    gone, alive = psutil.wait_procs([child], timeout=180)
    assert [p.pid for p in gone if not alive] == [child.pid]


def test_program_keeps_process_id_arguments_and_exit_status():
    """The leash becomes the program: same process id, arguments as given, its own exit status."""
    code = "import os, sys; print(os.getpid(), *sys.argv[1:]); sys.exit(7)"
    with subprocess.Popen(
        leashed((sys.executable, "-c", code, "a b", "--c")), stdout=subprocess.PIPE, text=True
    ) as process:
        out, _ = process.communicate(timeout=180)
    assert out.split(maxsplit=1) == [str(process.pid), "a b --c\n"]
    assert process.returncode == 7


def test_leash_ends_at_once_where_the_parent_is_gone_already():
    """A leash that finds another parent than it was told starts no program."""
    stranger = str(os.getpid() + 1)
    argv = leashed((sys.executable, "-c", "print('started')"))
    argv = tuple(stranger if part == str(os.getpid()) else part for part in argv)
    done = subprocess.run(argv, capture_output=True, timeout=180, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
