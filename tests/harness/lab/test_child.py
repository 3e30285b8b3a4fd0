"""Laws of a child process."""

import asyncio
import os
import signal
import sys

import psutil
import pytest

from harness.errors import ConfigurationError, InvalidRunError
from harness.lab.child import TAIL_LINES, Child, Command

pytestmark = pytest.mark.real_time

SERVE = "print('thing listening on http://127.0.0.1:1234', flush=True)"
SLEEP = "import time; time.sleep(600)"


def python(code: str, **environment: str) -> Command:
    return Command(name="thing", argv=(sys.executable, "-c", code), environment=environment)


async def test_ready_line_gives_the_url():
    """A child is ready when it says where it listens."""
    child = await Child.start(python(f"{SERVE}\n{SLEEP}"))
    try:
        assert await child.ready() == "http://127.0.0.1:1234"
        assert child.url == "http://127.0.0.1:1234"
        assert child.running
    finally:
        await child.stop()


async def test_child_that_refuses_says_why_in_one_line():
    """A child that ends before it is ready passes on its own error line as the user's to mend."""
    code = "import sys; print('noise\\nError: port 1 is in use', file=sys.stderr); sys.exit(2)"
    child = await Child.start(python(code))
    with pytest.raises(ConfigurationError) as caught:
        await child.ready()
    assert str(caught.value) == "thing: port 1 is in use"


async def test_child_that_crashes_at_its_start_is_no_usage_error():
    """A traceback is nobody's to mend by another option."""
    child = await Child.start(python("raise ValueError('bug')"))
    with pytest.raises(InvalidRunError, match="exit status 1; its last words"):
        await child.ready()


async def test_silent_child_is_given_up():
    """A child that announces nothing within its time is an invalid run, not a wait for ever."""
    child = await Child.start(python(SLEEP))
    try:
        with pytest.raises(InvalidRunError, match="did not become ready within"):
            await child.ready(timeout_s=0.2)
    finally:
        await child.stop()


async def test_program_that_does_not_exist_is_named():
    """A command that cannot be started is reported with its name."""
    child = await Child.start(Command(name="thing", argv=("/no/such/program",)))
    with pytest.raises(InvalidRunError, match="thing"):
        await child.ready()


async def test_deaf_child_is_killed_after_the_grace():
    """SIGTERM is ignored, SIGKILL is not."""
    code = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{SERVE}\n{SLEEP}"
    child = await Child.start(python(code))
    await child.ready()
    await child.stop(grace_s=0.1)
    assert child.exit_status == -signal.SIGKILL


async def test_stopped_child_takes_its_own_children_along():
    """What a child has started shares its group and is gone with it."""
    code = (
        "import subprocess, sys\n"
        f"p = subprocess.Popen([sys.executable, '-c', '{SLEEP}'])\n"
        "print(p.pid, flush=True)\n"
        "import time; time.sleep(600)"
    )
    heard: asyncio.Queue[str] = asyncio.Queue()
    child = await Child.start(python(code), hear=heard.put_nowait)
    grandchild = psutil.Process(int(await heard.get()))
    await child.stop()
    gone, alive = psutil.wait_procs([grandchild], timeout=180)
    assert (len(gone), alive) == (1, [])


async def test_orphaned_grandchild_is_ended_when_the_child_dies_by_itself():
    """A child that crashes leaves nothing in its group, though nobody stopped it."""
    code = (
        "import subprocess, sys\n"
        f"p = subprocess.Popen([sys.executable, '-c', '{SLEEP}'], stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL)\n"
        "print(p.pid, flush=True)"
    )
    heard: asyncio.Queue[str] = asyncio.Queue()
    child = await Child.start(python(code), hear=heard.put_nowait)
    grandchild = psutil.Process(int(await heard.get()))
    assert await child.wait() == 0
    gone, alive = psutil.wait_procs([grandchild], timeout=180)
    assert (len(gone), alive) == (1, [])


async def test_obituary_tells_the_signal_and_the_last_words():
    """What is said of a dead child names its process, its end, and the last lines it wrote."""
    code = f"import sys\nfor n in range({TAIL_LINES + 5}): print(n, file=sys.stderr, flush=True)\n"
    child = await Child.start(python(f"{code}{SERVE}\n{SLEEP}"))
    await child.ready()
    os.kill(child.pid, signal.SIGKILL)
    assert await child.wait() == -signal.SIGKILL
    first, *tail = child.obituary().splitlines()
    assert first == f"thing (process {child.pid}) was killed by SIGKILL; its last words:"
    assert tail == [f"  {n}" for n in range(5, TAIL_LINES + 5)]


async def test_obituary_of_a_child_that_said_nothing():
    """A child without a word is described by its exit status."""
    child = await Child.start(python("import sys; sys.exit(3)"))
    await child.wait()
    assert child.obituary().endswith("ended with exit status 3 without a word")


async def test_endless_line_is_cut_and_does_not_block_the_child():
    """A child may write more than any buffer, without a newline, and still ends."""
    code = "import sys; sys.stderr.write('x' * 1_000_000)"
    child = await Child.start(python(code))
    assert await child.wait() == 0
    assert max(map(len, child.obituary().splitlines())) <= 200_000


async def test_environment_is_added_to_the_labs_own():
    """A command's environment comes on top of the inherited one."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    code = "import os; print(os.environ['EXTRA'], 'PATH' in os.environ)"
    child = await Child.start(python(code, EXTRA="yes"), hear=heard.put_nowait)
    await child.wait()
    assert heard.get_nowait() == "yes True"


async def test_stopping_twice_is_harmless():
    """A child that has ended can be stopped again."""
    child = await Child.start(python(""))
    await child.wait()
    await child.stop()
    await child.stop()
    assert child.exit_status == 0
