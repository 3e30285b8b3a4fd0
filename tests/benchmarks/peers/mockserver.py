"""MockServer, taught by a file of expectations."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asked import ANSWER, MEDIAN_MS, P99_MS, PATH, REFUSED
from job import Race, post
from server import Kind, Server, free_port, spawn, whole

__all__ = ["MockServer"]

DELAYS: dict[Kind, dict[str, Any]] = {
    Kind.STATIC: {},
    Kind.CONSTANT: {"delay": {"timeUnit": "MILLISECONDS", "value": MEDIAN_MS}},
    Kind.LOGNORMAL: {
        "delay": {
            "timeUnit": "MILLISECONDS",
            "distribution": {"type": "LOG_NORMAL", "median": MEDIAN_MS, "p99": P99_MS},
        }
    },
}


@dataclass(frozen=True)
class MockServer:
    """Run MockServer; it has no way to wait but asynchronously, and keeps a bounded log."""

    jar: Path
    folder: Path
    name: str = "MockServer"

    @contextlib.contextmanager
    def serve(self, *, cores: Sequence[int]) -> Iterator[Server]:
        self.folder.mkdir(parents=True, exist_ok=True)
        taught, port = self.folder / "expectations.json", free_port()
        stubs = [_stub(f"{PATH}/{kind}", ANSWER, **delay) for kind, delay in DELAYS.items()]
        taught.write_text(json.dumps([*stubs, _stub("/pay", REFUSED)]))
        options = [f"-Dmockserver.initializationJsonPath={taught}"]
        options += ["-Dmockserver.localBoundIP=127.0.0.1", "-Dmockserver.disableSystemOut=true"]
        command: list[str | Path] = ["java", *options, "-jar", self.jar, "-serverPort", str(port)]
        command += ["-logLevel", "ERROR"]
        probe = _request(Kind.STATIC)
        with spawn(command, probe=probe, cores=cores, folder=self.folder, port=port) as server:
            yield server

    def requests(self, server: Server, kind: Kind, count: int) -> list[bytes]:
        return [_request(kind)] * count

    def race(self, server: Server, *, rounds: int, contenders: int) -> Race:
        """Return its way to let a payment succeed once: an expectation that holds for one time."""
        once = {
            **_stub("/pay", ANSWER),
            "id": "once",
            "priority": 10,
            "times": {"remainingTimes": 1, "unlimited": False},
        }
        renew = whole(post("/mockserver/expectation", method="PUT"), json.dumps(once))
        return Race(
            server.address,
            contenders=contenders,
            setups=[renew] * rounds,
            head=post("/pay"),
            body="{}",
            won=b'"0000"',
        )


def _request(kind: Kind) -> bytes:
    return whole(post(f"{PATH}/{kind}"), '{"paymentID":"TR0011ON1565154754797"}')


def _stub(path: str, body: str, **more: Any) -> dict[str, Any]:
    response = {"statusCode": 200, "headers": {"content-type": ["application/json"]}, "body": body}
    return {
        "httpRequest": {"method": "POST", "path": path},
        "httpResponse": {**response, **more},
    }
