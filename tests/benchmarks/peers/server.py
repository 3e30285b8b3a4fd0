"""A server that runs: its process, its address, and what to ask it for."""

import contextlib
import re
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import psutil
from job import Address, Hold, Job, Outcome, order
from line import Line, drive
from machine import CALLER_CORES, on_cores, stop
from msgspec import msgpack

from harness.clock import NS_PER_S, monotonic_ns, wall_sleep

__all__ = [
    "RIGHT",
    "CallError",
    "Contender",
    "Kind",
    "Server",
    "answered",
    "call",
    "free_port",
    "held",
    "spawn",
    "whole",
]

RIGHT = b'"0000"'
"""bKash's code for success, which every right answer holds, of the peers too."""

START_S = 60.0
"""Longest start."""

CALL_S = 600.0
"""Longest job."""

answered: Counter[int] = Counter()
"""How many requests the server on a port has answered so far."""

CALLER = Path(__file__).with_name("caller.py")
ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)")


class CallError(RuntimeError):
    """The load generator could not do its job; it said why on standard error."""


class Kind(StrEnum):
    """Say what is asked for."""

    CONSTANT = "constant"
    """An answer after 100 ms."""
    LOGNORMAL = "lognormal"
    """An answer after a lognormal time with that median."""
    STATIC = "static"
    """An answer at once."""


@dataclass(frozen=True)
class Server:
    """Hold a server that answers.

    Attributes:
        started_s: from starting its process to its first right answer.
    """

    process: psutil.Process
    address: Address
    started_s: float


class Contender(Protocol):
    """A mock server as it is measured."""

    @property
    def name(self) -> str:
        """Return what it is called in the tables."""
        ...

    def serve(self, *, cores: Sequence[int]) -> contextlib.AbstractContextManager[Server]:
        """Run it on these cores until the context ends."""
        ...

    def requests(self, server: Server, kind: Kind, count: int) -> list[bytes]:
        """Return so many requests of a kind, one per connection; none: it has nothing like it."""
        ...


@contextlib.contextmanager
def spawn(
    command: Sequence[str | Path],
    *,
    probe: bytes,
    cores: Sequence[int],
    folder: Path | None = None,
    port: int = 0,
) -> Iterator[Server]:
    """Run a server until the context ends; without a port, it prints its address.

    `folder` is where it may leave what it writes unasked.

    Raises:
        TimeoutError: it does not answer the probe rightly in time.
    """
    began_ns = monotonic_ns()
    output = subprocess.DEVNULL if port else subprocess.PIPE
    with on_cores(cores):
        child = subprocess.Popen(
            [str(part) for part in command], stdout=output, stderr=subprocess.DEVNULL, cwd=folder
        )
    try:
        address = ("127.0.0.1", port or _printed_port(child))
        _await_answer(child, address, probe, deadline_ns=began_ns + int(START_S * NS_PER_S))
        started_s = (monotonic_ns() - began_ns) / NS_PER_S
        yield Server(psutil.Process(child.pid), address, started_s)
    finally:
        stop(child)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def call(job: Job) -> Outcome:
    """Have the load generator do a job, in a process of its own on the other cores."""
    with _caller() as caller:
        told, _ = caller.communicate(_packed(job), timeout=CALL_S)
    if caller.returncode:
        raise CallError("hung up, or did not answer")
    outcome = msgpack.decode(told, type=Outcome)
    answered[job.address[1]] += outcome.answers
    return outcome


@contextlib.contextmanager
def held(address: Address, connections: int) -> Iterator[None]:
    """Hold so many idle connections meanwhile."""
    with _caller() as caller:
        assert caller.stdin is not None
        assert caller.stdout is not None
        caller.stdin.write(_packed(Hold(address, connections)))
        caller.stdin.flush()
        if not caller.stdout.readline():
            raise RuntimeError(f"{connections} connections could not be opened")
        yield
        caller.stdin.close()


@contextlib.contextmanager
def _caller() -> Iterator[subprocess.Popen[bytes]]:
    with on_cores(CALLER_CORES):
        caller = subprocess.Popen(
            [sys.executable, str(CALLER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    try:
        yield caller
    finally:
        stop(caller)


def _packed(job: Job) -> bytes:
    packed = msgpack.encode(job)
    return len(packed).to_bytes(4) + packed


def _printed_port(child: subprocess.Popen[bytes]) -> int:
    assert child.stdout is not None
    line = child.stdout.readline()
    match = ADDRESS.search(line)
    if match is None:
        raise RuntimeError(f"expected an address, got {line!r}")
    return int(match[1])


def _await_answer(
    child: subprocess.Popen[bytes], address: Address, probe: bytes, *, deadline_ns: int
) -> None:
    while not _answers(address, probe):
        if child.poll() is not None:
            raise RuntimeError(f"{child.args!r} ended with status {child.returncode}")
        if monotonic_ns() > deadline_ns:
            raise TimeoutError(f"{child.args!r} gave no right answer within {START_S:g} s")
        wall_sleep(0.01)


def _answers(address: Address, probe: bytes) -> bool:
    requests = iter([probe])
    try:
        line = Line(address, 0)
    except OSError:
        return False
    try:
        return not drive([line], lambda _: next(requests, None), right=RIGHT).wrong
    except OSError:
        return False
    finally:
        line.socket.close()


def whole(head: bytes, body: str) -> bytes:
    """Return a whole request with a body of text."""
    return order(head, body.encode())
