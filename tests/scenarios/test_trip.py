"""Trips: one shopper's walk in a greenlet."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.real_time

PRELUDE = """
import json
import gevent
from locust import FastHttpUser
from harness.clock import monotonic_ns
from harness.load import Answer, Outcome, Reading, Request, Walk
from harness.rundata import RequestName
from scenarios.trip import Trip, wait_until

class Browser:
    "Answers after its delay, and counts."
    def __init__(self, delay_s):
        self.delay_s, self.forgot = delay_s, 0
    def send(self, request):
        gevent.sleep(self.delay_s)
        return Answer(200)
    def forget(self):
        self.forgot += 1

def request(name, think_s=0.0, background=False):
    return Request(name, "GET", "http://127.0.0.1/", {}, None, think_s, background, "",
                   lambda answer: Reading(answer.failure or Outcome.OK, answer.error))

def journey(*requests):
    for one in requests:
        yield one

def trip(browser, *requests):
    walk = Walk(journey(*requests), due_ns=monotonic_ns(), time_scale=1)
    told = []
    return Trip(walk, browser, told.append), told

def show(told):
    return [[e.request.name, e.reading.outcome, e.start_ns - e.intended_ns, e.end_ns - e.start_ns]
            for e in told]
"""

WAIT = """
late = []
for delay_ns in (0, 100_000, 900_000, 5_300_000, 20_000_000):
    due_ns = monotonic_ns() + delay_ns
    wait_until(due_ns)
    late.append(monotonic_ns() - due_ns)
print(json.dumps(late))
"""

BACKGROUND = """
from gevent.event import Event

class Slow(Browser):
    "Answers a prefetch only after the payment was sent."
    paying = Event()
    def send(self, request):
        if request.name == RequestName.MAKE_PAYMENT:
            self.paying.set()
        if request.name == RequestName.PREFETCH:
            assert self.paying.wait(60)
        return super().send(request)

browser = Slow(0)
one, told = trip(browser, request(RequestName.LAND), request(RequestName.PREFETCH, 0, True),
                 request(RequestName.MAKE_PAYMENT))
one.run()
print(json.dumps([show(told), browser.forgot]))
"""

KILLED = """
result = []
for delay_s, due_s, requests in (
    (60, 0, [request(RequestName.LAND)]),
    (0, 0, [request(RequestName.LAND), request(RequestName.MAKE_PAYMENT, 60.0)]),
    (60, 0, [request(RequestName.PREFETCH, 0, True), request(RequestName.LAND)]),
    (0, 60, [request(RequestName.LAND)]),
):
    browser = Browser(delay_s)
    due_ns = monotonic_ns() + due_s * 1_000_000_000
    walk = Walk(journey(*requests), due_ns=due_ns, time_scale=1)
    told = []
    greenlet = gevent.spawn(Trip(walk, browser, told.append).run)
    # Turns of the loop and no time: however slow the machine is, whoever can go on has.
    for _ in range(100):
        gevent.sleep(0)
    greenlet.kill()
    result.append([show(told), browser.forgot])
print(json.dumps(result))
"""

BROKEN = """
def unreadable(answer):
    raise AssertionError("our own fault")
import dataclasses
broken = dataclasses.replace(request(RequestName.PREFETCH, 0, True), read=unreadable)
one, told = trip(Browser(0), broken)
gevent.get_hub().NOT_ERROR += (AssertionError,)
try:
    one.run()
except AssertionError as error:
    print(json.dumps(str(error)))
"""


def test_wait_is_never_too_short(python: Callable[..., Any]) -> None:
    """A request sent early would make its shop look slow."""
    assert all(late_ns >= 0 for late_ns in python(PRELUDE + WAIT))


def test_background_request_is_not_waited_for_but_recorded(python: Callable[..., Any]) -> None:
    """make-payment goes out while the prefetch is under way; both are reported, once each."""
    told, forgot = python(PRELUDE + BACKGROUND)
    assert [name for name, *_ in told] == ["land", "make_payment", "prefetch"]
    assert forgot == 1


def test_killed_trip_reports_what_was_under_way(python: Callable[..., Any]) -> None:
    """Sent, thought about, or in the background: each is abandoned, and the browser is cleared."""
    sent, thinking, background, early = python(PRELUDE + KILLED)
    assert [row[:2] for row in sent[0]] == [["land", "abandoned"]]
    assert [row[:2] for row in thinking[0]] == [["land", "ok"], ["make_payment", "abandoned"]]
    assert thinking[0][1][2] == 0
    assert sorted(row[:2] for row in background[0]) == [
        ["land", "abandoned"],
        ["prefetch", "abandoned"],
    ]
    assert early[0] == [], "a shopper who was not due yet never came"
    assert [sent[1], thinking[1], background[1], early[1]] == [1, 1, 1, 1]


def test_fault_of_our_own_in_the_background_is_not_lost(python: Callable[..., Any]) -> None:
    """gevent only prints what a greenlet raises; the trip raises it again."""
    assert python(PRELUDE + BROKEN) == "our own fault"
