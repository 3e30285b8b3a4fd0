"""Timings from a HAR file: what a browser or a proxy saw on the network.

Three kinds of entries tell something, the best first:

1. calls to bKash's own API, as a proxy in front of the shop's server records them: an operation
   each;
2. answers with the header `Server-Timing`: its stages are operations, if they have our names;
3. `make-payment` and the callback without it, as any browser sees them: they contain create and
   execute, and everything else the shop does. They stand in for these two where nothing better is
   there, and the profile says so.

A HAR holds cookies, tokens and personal data. Nothing of it but paths and times is ever shown.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import urlsplit

import msgspec

from harness.cli.profile.csv_file import read_text
from harness.cli.profile.timings import MAX_SECONDS, Timings
from harness.errors import ConfigurationError
from harness.stages import Stage, parse_server_timing
from mock_bkash.latency import OPERATIONS
from mock_bkash.wire.tokenized import PATHS

__all__ = ["read_har_timings"]

_API: Final = {path.partition("/tokenized/")[2]: operation for path, operation in PATHS.items()}
"""Operation by the part of the path that is the same in every version: `checkout/create`."""

_WHOLE: Final = {
    "/api/bkash/make-payment": Stage.CREATE_PAYMENT.value,
    "/api/bkash/callback": Stage.EXECUTE_PAYMENT.value,
}
"""What a request of the shop mostly waits for."""

_MS_PER_S: Final = 1000.0
_NS_PER_S: Final = 1e9

_FROM_API: Final = "calls to bKash"
_FROM_STAGES: Final = "Server-Timing"


class _Header(msgspec.Struct, frozen=True):
    name: str
    value: str = ""


class _Request(msgspec.Struct, frozen=True):
    url: str
    method: str = "GET"


class _Response(msgspec.Struct, frozen=True):
    status: int = 0
    headers: list[_Header] = []


class _Timings(msgspec.Struct, frozen=True):
    """Milliseconds; -1 or nothing where a phase does not apply. `connect` contains `ssl`."""

    connect: float | None = None
    ssl: float | None = None
    send: float | None = None
    wait: float | None = None
    receive: float | None = None


class _Entry(msgspec.Struct, frozen=True):
    request: _Request
    response: _Response
    time: float | None = None
    timings: _Timings | None = None

    @property
    def exchange_s(self) -> float:
        """Return sending, waiting and receiving, without the connection; else the whole."""
        phases = () if self.timings is None else (self.timings.send, self.timings.wait)
        if self.timings is None or self.timings.wait is None or self.timings.wait < 0:
            return (self.time or 0.0) / _MS_PER_S
        total_ms = sum(max(0.0, phase or 0.0) for phase in (*phases, self.timings.receive))
        return total_ms / _MS_PER_S

    @property
    def round_trip_s(self) -> float | None:
        """Return how long the TCP handshake took, one round trip; None on a kept connection."""
        timings = self.timings
        if timings is None or timings.connect is None or timings.connect <= 0:
            return None
        return max(0.0, timings.connect - max(0.0, timings.ssl or 0.0)) / _MS_PER_S


class _Log(msgspec.Struct, frozen=True):
    entries: list[_Entry]


class _Har(msgspec.Struct, frozen=True):
    log: _Log


@dataclass(slots=True)
class _Findings:
    """Gather what entries tell."""

    calls: dict[str, list[float]] = field(default_factory=dict)
    stages: dict[str, list[float]] = field(default_factory=dict)
    whole: dict[str, list[float]] = field(default_factory=dict)
    round_trips_s: list[float] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def take(self, entry: _Entry) -> None:
        """Take in one entry."""
        url = urlsplit(entry.request.url)
        operation = _API.get(url.path.partition("/tokenized/")[2])
        if not 200 <= entry.response.status < 400:
            self.passed_over["failed or were aborted"] += 1
        elif entry.request.method == "OPTIONS":
            self.passed_over["are preflight requests"] += 1
        elif operation is not None:
            self._put(self.calls, operation, entry.exchange_s)
        else:
            self._take_shop(entry, url.path)

    def _take_shop(self, entry: _Entry, path: str) -> None:
        stages = [
            (stage.name, stage.duration_ns / _NS_PER_S)
            for header in entry.response.headers
            if header.name.lower() == "server-timing"
            for stage in parse_server_timing(header.value)
            if stage.name in OPERATIONS
        ]
        stand_in = next((op for end, op in _WHOLE.items() if path.endswith(end)), None)
        if stages:
            for name, value_s in stages:
                self._put(self.stages, name, value_s)
            if entry.round_trip_s is not None:
                self.round_trips_s.append(entry.round_trip_s)
        elif stand_in is not None:
            self._put(self.whole, stand_in, entry.exchange_s)
        else:
            self.passed_over["are neither payments nor calls to bKash"] += 1

    def _put(self, kind: dict[str, list[float]], operation: str, value_s: float) -> None:
        # A stage of no time at all was not entered; one of ten minutes is a laptop that slept.
        if 0 < value_s <= MAX_SECONDS:
            kind.setdefault(operation, []).append(value_s)
        else:
            self.passed_over["have no usable time"] += 1


def read_har_timings(path: Path) -> Timings:
    """Read a HAR file.

    Raises:
        ConfigurationError: it cannot be read, is no HAR, or tells nothing that can be used.
    """
    try:
        har = msgspec.json.decode(read_text(path), type=_Har)
    except msgspec.MsgspecError as error:
        raise ConfigurationError(f"{path} is not a HAR file: {error}") from error
    findings = _Findings()
    for entry in har.log.entries:
        try:
            findings.take(entry)
        except ValueError:
            # urlsplit refuses brackets that hold no address.
            findings.passed_over["have a malformed address"] += 1
    return _timings(path, findings, total=len(har.log.entries))


def _timings(path: Path, findings: _Findings, *, total: int) -> Timings:
    seconds: dict[str, tuple[float, ...]] = {}
    origins: dict[str, str] = {}
    for kind, origin in ((findings.calls, _FROM_API), (findings.stages, _FROM_STAGES)):
        for operation, values in kind.items():
            if operation not in seconds:
                seconds[operation], origins[operation] = tuple(values), origin
    unused = [
        f"{count:,} of {total:,} entries {what}" for what, count in findings.passed_over.items()
    ]
    stand_ins = []
    for operation, values in findings.whole.items():
        request = "make-payment" if operation == Stage.CREATE_PAYMENT else "callback"
        if operation in seconds:
            unused.append(f"{len(values):,} {request} requests without Server-Timing: not needed")
            continue
        seconds[operation], origins[operation] = tuple(values), f"whole {request} requests"
        stand_ins.append(operation)
    if not seconds:
        raise ConfigurationError(
            f"{path}: nothing in its {total:,} entries can be used: no make-payment or callback, no"
            " call to bKash, and no Server-Timing header with operations"
        )
    round_trips_s = findings.round_trips_s
    return Timings(
        source=path.name,
        seconds=seconds,
        origins=origins,
        stand_ins=tuple(stand_ins),
        unused=tuple(unused),
        shopper_round_trip_s=median(round_trips_s) if round_trips_s else None,
    )
