"""What a server weighs: after a million requests, and for each connection that does nothing."""

from dataclasses import dataclass

from machine import memory_mb
from ours import Mock
from server import Server, held

from harness.clock import wall_sleep

__all__ = ["Weights", "weigh_idle_bytes", "weigh_requests"]

BATCH = 20_000
"""Payments created and then executed: fewer than the mock keeps."""

SETTLE_S = 0.5


@dataclass(frozen=True)
class Weights:
    """Hold the mock's memory on its way.

    Attributes:
        requests: how many had been answered.
        memory_mb: its resident memory then.
    """

    requests: list[int]
    memory_mb: list[float]

    def after_mb(self, requests: int) -> float:
        """Return the memory after so many requests."""
        return next(
            mb for n, mb in zip(self.requests, self.memory_mb, strict=True) if n >= requests
        )


def weigh_requests(mock: Mock, server: Server, requests: int) -> Weights:
    """Make so many requests and a quarter more, half of them creates and half executes."""
    answered, counts, weights = 0, [0], [memory_mb(server.process)]
    batch = min(BATCH, requests // 8)
    while answered < requests * 5 // 4:
        mock.execute(server, mock.create(server, batch))
        answered += 2 * batch
        counts.append(answered)
        weights.append(memory_mb(server.process))
    return Weights(counts, weights)


def weigh_idle_bytes(server: Server, connections: int) -> float:
    """Return the memory of an idle connection, bytes."""
    before_mb = memory_mb(server.process)
    with held(server.address, connections):
        wall_sleep(SETTLE_S)
        return (memory_mb(server.process) - before_mb) * 1e6 / connections
