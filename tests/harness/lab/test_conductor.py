"""Laws of a whole run, on processes that stand in for the real ones."""

import asyncio
import os
import signal
import sys
import tempfile

import psutil
import pytest

from harness.errors import ConfigurationError, InvalidRunError
from harness.lab.child import Command
from harness.lab.conductor import conduct, expected_times_s
from harness.lab.phase import Phase
from harness.rundata import RunFolder

pytestmark = pytest.mark.real_time

REAL_PHASES = [phase for phase in Phase if phase is not Phase.SIMULATING]


@pytest.fixture(autouse=True)
def no_trace(tmp_path, monkeypatch):
    """Nothing of a run is left: no process, no temporary file."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # Tests of something else in this process may have left a helper of multiprocessing.
    before = psutil.Process().children(recursive=True)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield
    assert psutil.Process().children(recursive=True) == before
    assert list(temporary.iterdir()) == []


async def test_run_leaves_a_whole_folder(bench):
    """A run that goes well leaves manifest, samples, costs, ledger and conduct."""
    folder = await conduct(bench.experiment, observer=bench.watcher)
    again = RunFolder(folder.path)
    assert [v.name for v in again.manifest.variants] == ["stored", "cached"]
    assert all(v.target.startswith("http://127.0.0.1:") for v in again.manifest.variants)
    assert [path.name for path in again.sample_paths()] == ["samples-locust.csv"]
    assert again.read_costs()["cached"].gateway_calls == {"create_payment": 2}
    assert again.read_costs()["cached"].memory_bytes > 0
    assert again.read_ledger()["stored"]["ok"] is True
    conduct_read = again.read_conduct()
    assert conduct_read is not None
    assert (conduct_read.interrupted, conduct_read.notes) == (False, ())


async def test_every_merchant_gets_a_database_of_its_own_and_the_mocks_address(bench):
    """One file is seeded; each variant works on its own copy of it."""
    await conduct(bench.experiment, observer=bench.watcher)
    urls, databases = zip(*bench.started_with, strict=True)
    assert len(set(databases)) == 2
    assert {path.name for path in databases} == {"stored.sqlite", "cached.sqlite"}
    assert all(url.endswith("/v1.2.0-beta") for url in urls)


async def test_phases_come_in_order(bench):
    """Who watches sees every phase, in the order in which they are."""
    await conduct(bench.experiment, observer=bench.watcher)
    assert bench.watcher.phases == REAL_PHASES
    left = [step.left_s for step in bench.watcher.steps]
    assert left == sorted(left, reverse=True)


async def test_refused_server_leaves_no_folder(bench):
    """A port in use is the user's to mend; before the first shopper nothing is written."""
    code = "import sys; print('Error: port 8700 is in use', file=sys.stderr); sys.exit(2)"
    bench.change(mock=Command(name="mock bKash", argv=(sys.executable, "-c", code)))
    with pytest.raises(ConfigurationError, match="mock bKash: port 8700 is in use"):
        await conduct(bench.experiment, observer=bench.watcher)
    assert not bench.experiment.folder.exists()


async def test_killed_merchant_ends_the_run_at_once_and_keeps_what_was_recorded(bench):
    """A merchant that dies in the middle is named with its last words; its run is marked."""
    bench.set_generator(delay_s=600)

    async def kill_a_merchant() -> None:
        await bench.watcher.draining.wait()
        servers = [
            child
            for child in psutil.Process().children()
            if "ThreadingHTTPServer" in " ".join(child.cmdline())
        ]
        os.kill(servers[-1].pid, signal.SIGKILL)

    killing = asyncio.create_task(kill_a_merchant())
    with pytest.raises(InvalidRunError) as caught:
        await conduct(bench.experiment, observer=bench.watcher)
    await killing
    message = str(caught.value)
    assert message.startswith("merchant ")
    assert "was killed by SIGKILL; its last words:\n  a word on standard error" in message
    assert str(bench.experiment.folder) in message
    folder = RunFolder(bench.experiment.folder)
    assert "TR0" in folder.sample_paths()[0].read_text()
    told = folder.read_conduct()
    assert told is not None
    assert told.interrupted
    assert "was killed by SIGKILL" in told.notes[0]


async def test_cancelled_run_keeps_what_was_recorded(bench):
    """Ctrl-C in the middle ends every process, and the folder says that it was stopped."""
    bench.set_generator(delay_s=600)
    running = asyncio.create_task(conduct(bench.experiment, observer=bench.watcher))
    await bench.watcher.draining.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    told = RunFolder(bench.experiment.folder).read_conduct()
    assert told is not None
    assert told.interrupted
    assert told.notes == ("The run was stopped by hand before its end.",)


async def test_failed_recorder_ends_the_run(bench):
    """A generator that gives up makes the run invalid."""
    bench.set_generator("import sys; print('disk full', file=sys.stderr); sys.exit(1)")
    with pytest.raises(InvalidRunError, match=r"load generator .* exit status 1") as caught:
        await conduct(bench.experiment, observer=bench.watcher)
    assert "disk full" in str(caught.value)


async def test_expected_times_follow_plan_and_scale(bench):
    """Arrivals take exactly their modelled time times the scale; all phases are there."""
    times_s = expected_times_s(bench.experiment)
    assert list(times_s) == REAL_PHASES
    assert (times_s[Phase.WARMING_UP], times_s[Phase.MEASURING]) == (1.5, 1.5)
