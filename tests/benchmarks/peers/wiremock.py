"""WireMock, taught by mapping files."""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asked import ANSWER, MEDIAN_MS, PATH, REFUSED, SIGMA
from job import Race, post
from server import Kind, Server, free_port, spawn, whole

__all__ = ["WireMock"]

SCENARIO = "payment"
OPEN, PAID = "Started", "Paid"

Stub = dict[str, Any]
NO_DELAY: Mapping[str, Any] = {}

DELAYS: dict[Kind, Mapping[str, Any]] = {
    Kind.STATIC: NO_DELAY,
    Kind.CONSTANT: {"fixedDelayMilliseconds": MEDIAN_MS},
    Kind.LOGNORMAL: {
        "delayDistribution": {"type": "lognormal", "median": MEDIAN_MS, "sigma": SIGMA}
    },
}


@dataclass(frozen=True)
class WireMock:
    """Run WireMock.

    Attributes:
        asynchronous: whether waiting answers give their thread back; it does not by default.
        journal: whether it keeps requests, as it does by default: all of them.
        remark: what else is to be known of it.
    """

    jar: Path
    folder: Path
    asynchronous: bool = True
    journal: bool = False
    remark: str = ""

    @property
    def name(self) -> str:
        if not self.asynchronous:
            return f"WireMock as it comes{self.remark}"
        return f"WireMock async, journal {'on' if self.journal else 'off'}{self.remark}"

    @contextlib.contextmanager
    def serve(self, *, cores: Sequence[int]) -> Iterator[Server]:
        root, port = self.folder / self.name.replace(" ", "-"), free_port()
        _write_mappings(root / "mappings")
        options = ["--port", str(port), "--bind-address", "127.0.0.1", "--disable-banner"]
        options += ["--root-dir", str(root)]
        if self.asynchronous:
            options += ["--async-response-enabled", "true"]
        if not self.journal:
            options += ["--no-request-journal"]
        probe = _request(Kind.STATIC)
        command: list[str | Path] = ["java", "-jar", self.jar, *options]
        with spawn(command, probe=probe, cores=cores, folder=root, port=port) as server:
            yield server

    def requests(self, server: Server, kind: Kind, count: int) -> list[bytes]:
        # As it comes, its threads are the limit whatever the distribution.
        hopeless = kind is Kind.LOGNORMAL and not self.asynchronous
        return [] if hopeless else [_request(kind)] * count

    def race(self, server: Server, *, rounds: int, contenders: int) -> Race:
        """Return its way to let a payment succeed once: a scenario with two states."""
        return Race(
            server.address,
            contenders=contenders,
            setups=[whole(post("/open"), "{}")] * rounds,
            head=post("/pay"),
            body="{}",
            won=b'"0000"',
        )


def _request(kind: Kind) -> bytes:
    return whole(post(f"{PATH}/{kind}"), '{"paymentID":"TR0011ON1565154754797"}')


def _write_mappings(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stubs = [_stub(f"{PATH}/{kind}", ANSWER, delay=delay) for kind, delay in DELAYS.items()]
    once = [
        _stub("/pay", ANSWER, requiredScenarioState=OPEN, newScenarioState=PAID),
        _stub("/pay", REFUSED, requiredScenarioState=PAID),
        _stub("/open", "{}", newScenarioState=OPEN),
    ]
    stubs += [{**stub, "scenarioName": SCENARIO} for stub in once]
    for number, stub in enumerate(stubs):
        (folder / f"{number}.json").write_text(json.dumps(stub))


def _stub(path: str, body: str, *, delay: Mapping[str, Any] = NO_DELAY, **more: str) -> Stub:
    response = {"status": 200, "headers": {"content-type": "application/json"}, "body": body}
    return {
        "request": {"method": "POST", "urlPath": path},
        "response": {**response, **delay},
        **more,
    }
