"""Signals that ask the lab to stop, turned into one orderly exception."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

from harness.errors import HarnessError

__all__ = ["Interrupted", "run_interruptible"]

T = TypeVar("T")

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(HarnessError):
    """Somebody stopped the run: Ctrl-C, `kill`, or a closed terminal.

    Attributes:
        signal_number: what was received; shells call the exit status 128 + this.

    Args:
        epilogue: what follows from it, to be appended to the message.
    """

    def __init__(self, signal_number: int, *, epilogue: str = "") -> None:
        super().__init__(f"stopped by {signal.Signals(signal_number).name}{epilogue}")
        self.signal_number = signal_number


def run_interruptible(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on a fresh loop; the first signal cancels it, later ones change nothing.

    So whatever `main` does when it is cancelled (stop processes, keep files) is done in peace, and
    must therefore be bounded.

    Raises:
        Interrupted: a signal came before the end.
    """
    with asyncio.Runner() as runner:
        return runner.run(_guarded(main))


async def _guarded(main: Coroutine[Any, Any, T]) -> T:
    loop = asyncio.get_running_loop()
    task = loop.create_task(main)
    received: list[int] = []

    def stop(number: int) -> None:
        if not received:
            task.cancel()
        received.append(number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, stop, number)
    try:
        return await task
    except asyncio.CancelledError:
        if received:
            raise Interrupted(received[0]) from None
        raise
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
