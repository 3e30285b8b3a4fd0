"""What the tests of real processes share: a command line that is followed to its last process."""

import os
import queue
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

MARK = "BKASH_BENCH_TEST_MARK"
LIMIT_S = 300
"""Longest that any process of a test may take: far beyond need, so that a slow machine passes."""


@dataclass
class Household:
    """All processes that one test starts, known by a mark in their environment.

    Attributes:
        folder: their working directory.
        temporary: where they put temporary files.
    """

    folder: Path
    temporary: Path
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(
        self,
        *argv: str,
        program: str = sys.executable,
        stdin: int = subprocess.DEVNULL,
        **environment: str,
    ) -> subprocess.Popen[str]:
        """Start a Python module or script of ours, or another program, with the mark."""
        process = subprocess.Popen(
            [program, *argv],
            cwd=self.folder,
            env={**self._environment(), **environment},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def _environment(self) -> dict[str, str]:
        own = {"PYTHONUNBUFFERED": "1", "TMPDIR": str(self.temporary), MARK: self.mark}
        return {**os.environ, **own}

    def run(self, *argv: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a Python module or script of ours to its end."""
        process = self.start(*argv, **environment)
        out, err = process.communicate(timeout=LIMIT_S)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def bench(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `bkash-bench`."""
        return self.run("-m", "harness.cli", *arguments, **environment)

    def serve(self, *argv: str, program: str = sys.executable, **environment: str) -> str:
        """Start a server, wait for its ready line, and return the URL in it."""
        process = self.start(*argv, program=program, **environment)
        line = read_line(process)
        assert " listening on http" in line, f"{line!r}; {process.communicate(timeout=5)[1]}"
        return line.split()[-1]

    def mock(self, *arguments: str) -> str:
        """Start a mock on a free port and return its root URL."""
        return self.serve("-m", "mock_bkash", "serve", "--port", "0", *arguments)

    def merchant(self, *arguments: str) -> str:
        """Start a merchant on a free port and return its URL."""
        return self.serve("-m", "harness.cli", "serve", "--port", "0", *arguments)

    def members(self) -> list[psutil.Process]:
        """Return all processes that bear the mark and have not ended."""
        return [process for process in psutil.process_iter() if self._bears_mark(process)]

    def _bears_mark(self, process: psutil.Process) -> bool:
        try:
            return (
                process.environ().get(MARK) == self.mark
                and process.status() != psutil.STATUS_ZOMBIE
            )
        except psutil.Error:
            return False

    def close(self) -> None:
        """End whatever is left."""
        for member in self.members():
            member.kill()
        for process in self._started:
            process.communicate(timeout=LIMIT_S)


def read_line(process: subprocess.Popen[str]) -> str:
    """Return the next line of a process's standard output, "" at its end; bounded."""
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True)
    reader.start()
    line = lines.get(timeout=LIMIT_S)
    reader.join()
    return line


@contextmanager
def _keep_house(folder: Path) -> Iterator[Household]:
    made = Household(folder / "work", folder / "temporary")
    made.folder.mkdir()
    made.temporary.mkdir()
    yield made
    made.close()


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    """Processes of one test, all gone after it."""
    with _keep_house(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def shared_household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Household]:
    """Processes that several tests use, all gone after the last."""
    with _keep_house(tmp_path_factory.mktemp("household")) as made:
        yield made


@pytest.fixture
def follow() -> Callable[[subprocess.Popen[str], str], str]:
    """Return a function that reads a process's standard error up to a line that has a text."""

    def until(process: subprocess.Popen[str], text: str) -> str:
        assert process.stderr is not None
        seen = ""
        for line in process.stderr:
            seen += line
            if text in line:
                return seen
        raise AssertionError(f"{text!r} was never said: {seen}")

    return until
