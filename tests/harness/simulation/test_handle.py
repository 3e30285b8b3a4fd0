"""Laws of the virtual loop's handles."""

import asyncio
from contextvars import ContextVar, copy_context
from typing import Any

import pytest

from harness.simulation import VirtualLoop, new_virtual_loop
from harness.simulation.handle import Handle, Timer

_where: ContextVar[str] = ContextVar("where", default="outside")


@pytest.fixture
def loop():
    """A loop that is closed in the end."""
    made = new_virtual_loop()
    yield made
    made.close()


def _attributes(handle: asyncio.Handle) -> dict[str, Any]:
    names = {name for kind in type(handle).__mro__ for name in getattr(kind, "__slots__", ())}
    return {name: getattr(handle, name) for name in names - {"__weakref__", "_context"}}


def test_a_handle_is_what_asyncio_would_have_made(loop: VirtualLoop):
    """Every attribute that asyncio's constructor sets has its value."""
    ours = Handle(print, ("x",), loop, None)
    assert _attributes(ours) == _attributes(asyncio.Handle(print, ("x",), loop))


def test_a_timer_is_what_asyncio_would_have_made_for_one_that_waits(loop: VirtualLoop):
    """So is a timer, which its loop marks as scheduled."""
    theirs = asyncio.TimerHandle(1.5, print, ("x",), loop)
    theirs._scheduled = True
    assert _attributes(Timer(1.5, print, ("x",), loop, None)) == _attributes(theirs)


def test_a_callback_runs_in_the_context_of_its_making_or_in_the_one_it_was_given(
    loop: VirtualLoop,
):
    """As everywhere in asyncio."""
    seen: list[str] = []
    given = copy_context()
    given.run(_where.set, "given")
    for context in (None, given):
        Handle(lambda: seen.append(_where.get()), (), loop, context)._run()
    assert seen == ["outside", "given"]


def test_a_cancelled_timer_lets_go_of_what_it_held(loop: VirtualLoop):
    """As asyncio's does, and it tells its loop once."""
    ours = loop.call_later(1.0, print, "x")
    theirs = asyncio.TimerHandle(1.0, print, ("x",), loop)
    for timer in (ours, theirs):
        timer.cancel()
        timer.cancel()
    assert ours.cancelled()
    assert (ours._callback, ours._args) == (theirs._callback, theirs._args) == (None, None)
    assert loop._cancelled_timers == 1
