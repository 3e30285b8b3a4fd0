"""Arrivals of the open model."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.real_time

SEND_OUT = """
import json
from harness.clock import monotonic_ns
from harness.load import Arrival, load_target
from scenarios.arrivals import HEAD_START_NS, send_out
from scenarios.settings import Shop

shops = tuple(Shop(name, "http://127.0.0.1:9", load_target("merchant")) for name in "abc")
arrivals = [Arrival(number, 100_000_000 * number, False) for number in range(4)]
origin_ns = monotonic_ns() + 100_000_000
started = []

def start(errand):
    due_ns = origin_ns + errand.arrival.due_ns // 2
    started.append([errand.arrival.number, errand.shop.name, monotonic_ns() - due_ns])

send_out(arrivals, shops, origin_ns=origin_ns, time_scale=0.5, start=start)
print(json.dumps({"started": started, "head_start_ns": HEAD_START_NS}))
"""


def test_everybody_sets_out_ahead_of_time_and_nobody_always_first(
    python: Callable[..., Any],
) -> None:
    """Each arrival reaches every shop, in an order that rotates, no sooner than its head start."""
    result = python(SEND_OUT)
    assert [(number, shop) for number, shop, _ in result["started"]] == [
        (0, "a"), (0, "b"), (0, "c"),
        (1, "b"), (1, "c"), (1, "a"),
        (2, "c"), (2, "a"), (2, "b"),
        (3, "a"), (3, "b"), (3, "c"),
    ]  # fmt: skip
    assert all(early_ns >= -result["head_start_ns"] for _, _, early_ns in result["started"])
