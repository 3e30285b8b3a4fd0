"""The load generator, a process of its own: a job on standard input, its outcome on output."""

import gc
import itertools
import os
import re
import resource
import sys
from collections.abc import Callable

import msgspec
from job import Burst, Hold, Job, Outcome, Race, Steady, order
from line import Drive, connect, drive, volley

from harness.clock import NS_PER_S, monotonic_ns, wall_sleep

READY = b"ready\n"

SETTLE_S = 0.3
"""Between connecting and asking: taking in a thousand connections is no matter of delays."""


def steady(job: Steady) -> Outcome:
    lines = connect(job.address, len(job.requests))
    wall_sleep(SETTLE_S)
    end_ns = monotonic_ns() + int((job.warm_s + job.duration_s) * NS_PER_S)
    requests = job.requests
    done = drive(
        lines,
        lambda number: requests[number] if monotonic_ns() < end_ns else None,
        right=job.right,
        spread_s=job.spread_s,
    )
    # Answers come at an even rate, or nearly so: that finds where the warm-up ended.
    cut = int(len(done.times_ns) * job.warm_s / (job.warm_s + job.duration_s))
    return _outcome(done, done.times_ns[cut:].tobytes())


def burst(job: Burst) -> Outcome:
    waiting = (order(job.head, body) for body in job.bodies)
    pattern, found = re.compile(job.found.encode()), list[str]()
    see: Callable[[bytes], None] | None = None
    if job.found:
        see = lambda answer: found.extend(m[1].decode() for m in pattern.finditer(answer))  # noqa: E731
    lines = connect(job.address, job.connections)
    done = drive(lines, lambda _: next(waiting, None), right=job.right, seen=see)
    return msgspec.structs.replace(_outcome(done, done.times_ns.tobytes()), found=found)


def race(job: Race) -> Outcome:
    lines = connect(job.address, job.contenders)
    pattern = re.compile(job.found.encode())
    began_ns, successes = monotonic_ns(), []
    for setup in job.setups:
        (prepared,) = volley(lines[:1], setup)
        match = pattern.search(prepared) if job.found else None
        body = job.body if match is None else job.body.replace("{id}", match[1].decode())
        answers = volley(lines, order(job.head, body.encode()))
        successes.append(sum(job.won in answer for answer in answers))
    return Outcome(
        answers=len(job.setups) * (job.contenders + 1),
        duration_s=(monotonic_ns() - began_ns) / NS_PER_S,
        own_cpu_s=_own_cpu_s(),
        successes=successes,
    )


def hold(job: Hold) -> Outcome:
    lines = connect(job.address, job.connections)
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    sys.stdin.buffer.read()
    for line in lines:
        line.socket.close()
    return Outcome()


def _outcome(done: Drive, times_ns: bytes) -> Outcome:
    return Outcome(
        times_ns=times_ns,
        answers=len(done.times_ns),
        duration_s=done.duration_s,
        own_cpu_s=_own_cpu_s(),
        wrong=done.wrong,
        example=done.example[:2000],
    )


def _own_cpu_s() -> float:
    return sum(itertools.islice(os.times(), 2))


def run(job: Job) -> Outcome:
    match job:
        case Steady():
            return steady(job)
        case Burst():
            return burst(job)
        case Race():
            return race(job)
        case Hold():
            return hold(job)


def main() -> None:
    """Do one job; the job's length precedes it in four bytes, as input stays open after it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    size = int.from_bytes(sys.stdin.buffer.read(4))
    job: Job = msgspec.msgpack.decode(sys.stdin.buffer.read(size), type=Job)
    # A round of the collector would be charged to the server.
    gc.freeze()
    gc.disable()
    sys.stdout.buffer.write(msgspec.msgpack.encode(run(job)))


if __name__ == "__main__":
    main()
