"""Prism, which answers with the example of an OpenAPI document; it knows no delay and no state."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from asked import ANSWER, PATH
from install import NODE
from job import post
from server import Kind, Server, free_port, spawn, whole

__all__ = ["Prism"]

TEXT = {"type": "string"}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Execute", "version": "1"},
    "paths": {
        f"{PATH}/{Kind.STATIC}": {
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {"paymentID": TEXT},
                                "required": ["paymentID"],
                            }
                        }
                    },
                },
                "responses": {
                    "200": {
                        "description": "What became of it.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {"statusCode": TEXT, "trxID": TEXT},
                                },
                                "example": json.loads(ANSWER),
                            }
                        },
                    }
                },
            }
        }
    },
}


@dataclass(frozen=True)
class Prism:
    """Run Prism with static answers and without its log, which takes most of its time."""

    script: Path
    folder: Path
    name: str = "Prism"

    @contextlib.contextmanager
    def serve(self, *, cores: Sequence[int]) -> Iterator[Server]:
        self.folder.mkdir(parents=True, exist_ok=True)
        document, port = self.folder / "openapi.json", free_port()
        document.write_text(json.dumps(DOCUMENT))
        options = ["mock", "--host", "127.0.0.1", "--port", str(port), "--verboseLevel", "silent"]
        probe = _request(Kind.STATIC)
        command: list[str | Path] = [NODE, self.script, *options, document]
        with spawn(command, probe=probe, cores=cores, folder=self.folder, port=port) as server:
            yield server

    def requests(self, server: Server, kind: Kind, count: int) -> list[bytes]:
        return [_request(kind)] * count if kind is Kind.STATIC else []


def _request(kind: Kind) -> bytes:
    return whole(post(f"{PATH}/{kind}"), '{"paymentID":"TR0011ON1565154754797"}')
