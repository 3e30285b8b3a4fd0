"""Laws of the temporary folder of a run."""

import signal
import subprocess
import sys
import tempfile

import pytest

from harness.lab.workplace import PREFIX, open_workplace


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch):
    """A place for temporary files that only this test uses."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_workplace_is_gone_after_its_run(root):
    """Whatever a run left in its workplace is removed, also if the run failed."""

    def run() -> None:
        with open_workplace() as folder:
            (folder / "cached.sqlite").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run()
    assert list(root.iterdir()) == []


def test_workplaces_of_living_labs_are_left_alone(root):
    """Two labs at the same time do not disturb each other."""
    with open_workplace() as first, open_workplace() as second:
        assert first != second
        assert first.is_dir()


@pytest.mark.real_time
def test_workplace_of_a_killed_lab_is_removed_by_the_next(root):
    """What a kill -9 left behind is gone once somebody runs again."""
    code = (
        "from harness.lab.workplace import open_workplace\n"
        "with open_workplace() as folder:\n"
        "    print(folder, flush=True)\n"
        "    import time; time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout is not None
        left = killed.stdout.readline().strip()
        killed.send_signal(signal.SIGKILL)
    assert [str(path) for path in root.iterdir()] == [left]
    with open_workplace() as folder:
        assert list(root.iterdir()) == [folder]


def test_other_folders_are_never_removed(root):
    """A folder without our lock is somebody else's, whatever it is called."""
    (root / f"{PREFIX}notes").mkdir()
    (root / f"{PREFIX}notes" / "precious").touch()
    (root / f"{PREFIX}file").touch()
    with open_workplace():
        pass
    assert (root / f"{PREFIX}notes" / "precious").is_file()
    assert (root / f"{PREFIX}file").is_file()
