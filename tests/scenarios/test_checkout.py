"""The scenario file, as Locust users use it: with its web UI."""

import http.client
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from harness.clock import wall_sleep
from harness.load import locust_command
from harness.rundata import read_samples

pytestmark = pytest.mark.real_time

LIMIT_S = 180
"""Longest that anything may take: far beyond need, so that a slow machine passes."""

TRY_S = 0.1


class WebUi:
    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, path: str, **form: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=LIMIT_S)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST" if form else "GET", path, urlencode(form), headers)
        text = connection.getresponse().read().decode()
        connection.close()
        return json.loads(text) if text.startswith("{") else text

    def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(round(LIMIT_S / TRY_S)):
            try:
                if holds():
                    return
            except OSError:
                pass
            wall_sleep(TRY_S)
        raise AssertionError("the web UI did not get there")

    def counts(self) -> dict[str, int]:
        stats = self.ask("/stats/requests")["stats"]
        return {row["name"]: row["num_requests"] for row in stats}


@pytest.fixture
def web_ui(tmp_path: Path, reserve_port: Callable[[], int]) -> Iterator[WebUi]:
    """Locust with its web UI, and no host yet."""
    port = reserve_port()
    arguments = [a for a in locust_command() if a not in ("--headless", "--only-summary")]
    with subprocess.Popen(
        [
            *arguments,
            "--web-host=127.0.0.1",
            f"--web-port={port}",
            f"--samples={tmp_path}",
            "--land-think=0",
            "--approve-think=0",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        ui = WebUi(port)
        ui.until(lambda: "<html" in ui.ask("/"))
        yield ui
        process.terminate()


def start(ui: WebUi, host: str, **more: str) -> None:
    assert ui.ask("/swarm", user_count="2", spawn_rate="2", host=host, **more)["success"]


def test_web_ui_starts_and_stops_tests(web_ui: WebUi, shop: Any, tmp_path: Path) -> None:
    """Host and arguments come from its form; a second test goes on with other shoppers."""
    start(web_ui, shop.url)
    web_ui.until(lambda: web_ui.counts().get("callback", 0) > 1)
    assert set(web_ui.counts()) >= {"land", "prefetch", "make-payment", "approve", "callback"}
    web_ui.ask("/stop", now="1")
    start(web_ui, shop.url, arrival_rate="20")
    web_ui.until(lambda: web_ui.counts().get("callback", 0) > 5)
    web_ui.ask("/stop", now="1")
    files = sorted(tmp_path.glob("samples-*.csv"))
    assert [path.name for path in files] == ["samples-locust-2.csv", "samples-locust.csv"]
    second, first = ({*read_samples([path])[0]["arrival"]} for path in files)
    assert first
    assert second
    assert not first & second


def test_web_ui_cannot_load_another_machine(web_ui: WebUi, shop: Any) -> None:
    """No host that the command line did not name, not even with a forged form field."""
    start(web_ui, "http://shop.example")
    web_ui.until(lambda: web_ui.ask("/stats/requests")["state"] in ("stopped", "ready"))
    assert web_ui.counts() == {"Aggregated": 0}
    host = "http://shop.example"
    web_ui.ask("/swarm", user_count="2", spawn_rate="2", host=host, allow_remote="shop.example")
    web_ui.until(lambda: web_ui.ask("/stats/requests")["state"] in ("stopped", "ready"))
    assert web_ui.counts() == {"Aggregated": 0}
    start(web_ui, shop.url)
    web_ui.until(lambda: web_ui.counts().get("land", 0) > 0)
