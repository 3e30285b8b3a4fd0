"""One child process: started on a leash, heard, and ended for certain.

A child is the leader of a session of its own. So a Ctrl-C in the terminal reaches the lab alone,
which then stops its children in order, and whatever a child may have started dies with its group.
"""

import asyncio
import os
import re
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from harness.errors import ConfigurationError, HarnessError, InvalidRunError
from harness.lab.leash import leashed

__all__ = ["READY_TIMEOUT_S", "STOP_GRACE_S", "TAIL_LINES", "Child", "Command"]

READY_TIMEOUT_S = 30.0
"""Longest wait for a child's ready line; several Pythons that start at once on two cores need 6."""

STOP_GRACE_S = 5.0
"""Time between the polite signal and the deadly one; a server in good health needs a tenth."""

TAIL_LINES = 20
"""Last lines of a child's standard error that are kept, to be shown if it dies."""

USAGE_STATUS = 2
"""Exit status by which a program says that it was asked for something impossible."""

_LINE_LIMIT_BYTES = 65_536

_READY = re.compile(r" listening on (?P<url>http://\S+)\s*$")


@dataclass(frozen=True, slots=True)
class Command:
    """Say how a process is started.

    Attributes:
        name: for people ("mock bKash", "merchant cached").
        argv: program and arguments.
        environment: added to the lab's own.
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


class Child:
    """A running child process; `start` makes one.

    Attributes:
        command: what it was started with.
        url: base URL that it announced, "" before.
    """

    def __init__(
        self,
        command: Command,
        process: asyncio.subprocess.Process,
        hear: Callable[[str], None] | None,
    ) -> None:
        self.command = command
        self._hear = hear
        self.url = ""
        self._process = process
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._announced: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._ended = asyncio.create_task(self._reap())
        self._readers = [
            asyncio.create_task(self._read_stdout()),
            asyncio.create_task(self._read_stderr()),
        ]

    @classmethod
    async def start(cls, command: Command, *, hear: Callable[[str], None] | None = None) -> "Child":
        """Start the command; its ready line is waited for by `ready`.

        Args:
            command: what to start.
            hear: is called with every line of its standard output.

        Raises:
            ConfigurationError: the machine refuses to start it.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *leashed(command.argv),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **command.environment},
                start_new_session=True,
            )
        except OSError as error:
            raise ConfigurationError(f"cannot start {command.name}: {error.strerror}") from error
        return cls(command, process, hear)

    @property
    def pid(self) -> int:
        """Process id, the same before and after the leash became the program."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.returncode is None

    @property
    def exit_status(self) -> int | None:
        """Exit status, negative for the signal that ended it; None while it runs."""
        return self._process.returncode

    async def ready(self, *, timeout_s: float = READY_TIMEOUT_S) -> str:
        """Wait for the line `… listening on URL` and return the URL.

        Raises:
            ConfigurationError: it ended before with a usage error (a port in use, an unknown
                profile); its own words are in the message.
            InvalidRunError: it ended otherwise, or stayed silent for `timeout_s`.
        """
        either: set[asyncio.Future[Any]] = {self._ended, self._announced}
        await asyncio.wait(either, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        if self._ended.done():
            await self._drain()
            raise self._refusal()
        if self._announced.done():
            self.url = self._announced.result()
            return self.url
        raise InvalidRunError(
            f"{self.command.name} did not become ready within {timeout_s:g} s; is the machine busy?"
        )

    async def wait(self) -> int:
        """Wait for its end, read the rest of what it said, and return its exit status."""
        status = await asyncio.shield(self._ended)
        await self._drain()
        return status

    def obituary(self) -> str:
        """Return one sentence that says how it ended, with its last words in the lines below."""
        tail = "".join(f"\n  {line}" for line in self._tail)
        words = f"; its last words:{tail}" if tail else " without a word"
        return f"{self.command.name} (process {self.pid}) {_ending(self.exit_status)}{words}"

    async def stop(self, *, grace_s: float = STOP_GRACE_S) -> None:
        """End it: SIGTERM to its group, after `grace_s` SIGKILL; harmless if it has ended."""
        if self.running:
            self._signal(signal.SIGTERM)
            with suppress(TimeoutError):
                async with asyncio.timeout(grace_s):
                    await asyncio.shield(self._ended)
        if self.running:
            self._signal(signal.SIGKILL)
        await self._ended
        await self._drain()

    async def _reap(self) -> int:
        status = await self._process.wait()
        # Whatever it may have started shares its group. At once, while the number is still its own:
        # later the system may have given it to a stranger.
        self._signal(signal.SIGKILL)
        return status

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def _refusal(self) -> HarnessError:
        errors = [line for line in self._tail if line.lower().startswith("error: ")]
        if errors and self.exit_status == USAGE_STATUS:
            return ConfigurationError(f"{self.command.name}: {errors[-1].partition(' ')[2]}")
        return InvalidRunError(self.obituary())

    async def _drain(self) -> None:
        # A grandchild that kept the pipes open must not hold up the end.
        await asyncio.wait(self._readers, timeout=1.0)
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)

    async def _read_stdout(self) -> None:
        stream = self._process.stdout
        assert stream is not None, "standard output is a pipe"
        async for line in _lines(stream):
            match = _READY.search(line)
            if match is not None and not self._announced.done():
                self._announced.set_result(match["url"])
            if self._hear is not None:
                self._hear(line)

    async def _read_stderr(self) -> None:
        stream = self._process.stderr
        assert stream is not None, "standard error is a pipe"
        async for line in _lines(stream):
            self._tail.append(line)


async def _lines(stream: asyncio.StreamReader) -> AsyncIterator[str]:
    """Yield lines without their ends; an endless one comes in pieces, so that memory is bounded."""
    rest = b""
    while chunk := await stream.read(_LINE_LIMIT_BYTES):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode(errors="replace").rstrip()
        if len(rest) > _LINE_LIMIT_BYTES:
            yield rest.decode(errors="replace")
            rest = b""
    if rest:
        yield rest.decode(errors="replace").rstrip()


def _ending(status: int | None) -> str:
    if status is None:
        return "is still running"
    if status < 0:
        return f"was killed by {signal.Signals(-status).name}"
    return f"ended with exit status {status}"
