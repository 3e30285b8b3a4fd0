"""A mock in a process of its own, on a free port, that ends with whoever started it.

In a process of its own it is untouched by whatever a test does to its own: patched clocks and
sockets, a blocked event loop, threads that hold the interpreter.
"""

import http.client
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Final, Self
from urllib.parse import urlsplit

from mock_bkash.testing.reply import MockError, Reply

__all__ = ["LiveServer"]

END_S: Final = 10.0
"""Seconds for an orderly end; calls under way get one."""

REPLY_S: Final = 30.0
"""Seconds for an answer of the admin API or the customer page."""


class LiveServer:
    """Run `mock-bkash serve` for as long as it is needed.

    Attributes:
        origin: scheme, host and port.
    """

    def __init__(self, options: Sequence[str] = ()) -> None:
        """Start it, with options as on the command line, and wait until it is ready.

        Raises:
            MockError: it did not start; the message is what it said.
        """
        command = [sys.executable, "-m", "mock_bkash", "serve", "--port", "0", "--until-eof"]
        # Closed by stop(), as the process is ended by it.
        self._words = tempfile.TemporaryFile()  # noqa: SIM115
        # Its standard input is a pipe that nobody writes to: should this process be killed, the
        # system closes the pipe, and the mock ends.
        self._process = subprocess.Popen(
            [*command, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            text=True,
        )
        assert self._process.stdout is not None, "it was asked for"
        ready = self._process.stdout.readline()
        if " listening on " not in ready:
            self._process.wait(END_S)
            words = self._last_words()
            self.stop()
            raise MockError(f"the mock did not start: {words}")
        self.origin = ready.split()[-1]

    def ask(self, method: str, target: str, *, body: bytes = b"", kind: str = "") -> Reply:
        """Return the answer to a request.

        Raises:
            MockError: nobody answers.
        """
        host = urlsplit(self.origin).netloc
        line = http.client.HTTPConnection(host, timeout=REPLY_S)
        try:
            line.request(method, target, body, {"content-type": kind} if kind else {})
            answer = line.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, headers, answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise MockError(f"the mock does not answer: {error!r} {self._last_words()}") from error
        finally:
            line.close()

    def stop(self) -> None:
        """End it, and wait until it has ended; once is enough."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None, "it was asked for"
            pipe.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._words.close()

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.stop()

    def _last_words(self) -> str:
        if self._words.closed:
            return "it was stopped"
        self._words.seek(0)
        return self._words.read().decode(errors="replace").strip()
