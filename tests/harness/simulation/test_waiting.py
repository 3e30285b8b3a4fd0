"""Laws of the sentences about who waits for what."""

import asyncio
from contextvars import copy_context
from functools import partial

from harness.simulation import run_virtual
from harness.simulation.waiting import (
    MAX_TASKS_SHOWN,
    describe_callback,
    describe_ready,
    describe_tasks,
)


async def wait(event: asyncio.Event) -> None:
    await event.wait()


def test_a_task_is_told_with_its_name_its_line_and_what_it_waits_for():
    """Whoever reads it knows where to look: our own line first, asyncio's behind."""

    async def main() -> str:
        event = asyncio.Event()
        task = asyncio.create_task(wait(event), name="till")
        await asyncio.sleep(1)
        words = describe_tasks(asyncio.get_running_loop())
        event.set()
        await task
        return words

    words = run_virtual(main())
    assert "  till: wait waits at harness/simulation/test_waiting.py:" in words
    assert "(wait) for Event.wait" in words


def test_a_task_that_has_not_begun_says_so():
    """Its coroutine has no line yet."""

    async def main() -> str:
        task = asyncio.create_task(wait(asyncio.Event()), name="late")
        words = describe_tasks(asyncio.get_running_loop())
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return words

    assert "late" in run_virtual(main())


def test_of_many_tasks_some_are_named_and_the_rest_counted():
    """A burst of shoppers that wait alike must not hide the one line that matters."""

    async def main() -> str:
        event = asyncio.Event()
        tasks = [asyncio.create_task(wait(event)) for _ in range(100)]
        await asyncio.sleep(1)
        words = describe_tasks(asyncio.get_running_loop())
        event.set()
        await asyncio.gather(*tasks)
        return words

    words = run_virtual(main())
    assert len(words.splitlines()) == MAX_TASKS_SHOWN + 1
    assert words.endswith("… and 61 tasks more")


def test_without_tasks_the_sentence_says_what_that_means():
    """Nobody is there who could resolve what is waited for."""
    loop = asyncio.new_event_loop()
    try:
        assert "no task is left" in describe_tasks(loop)
    finally:
        loop.close()


def test_a_callback_is_told_by_its_name():
    """Functions, methods and partials by what they call; what has no name by its repr."""
    assert describe_callback(wait) == "wait"
    assert describe_callback(partial(wait, 1)) == "wait"
    assert describe_callback("abc".upper) == "str.upper"


def test_a_function_that_takes_its_context_along_is_told_by_its_own_name():
    """`asyncio.to_thread` wraps it; who reads of `Context.run` looks in vain."""
    context = copy_context()
    assert describe_callback(partial(context.run, wait, 1)) == "wait"
    assert describe_callback(partial(context.run, partial(wait, 1))) == "wait"


def test_of_many_gathered_tasks_some_are_named_and_the_rest_counted():
    """And those that are done are no longer waited for."""

    async def main() -> str:
        event = asyncio.Event()
        tasks = [asyncio.create_task(wait(event), name=f"shopper-{n}") for n in range(10)]
        done = asyncio.create_task(asyncio.sleep(0), name="quick")
        both = asyncio.create_task(gather([done, *tasks]), name="both")
        await asyncio.sleep(1)
        words = describe_tasks(asyncio.get_running_loop())
        event.set()
        await both
        return words

    (line,) = [line for line in run_virtual(main()).splitlines() if "  both: " in line]
    shown = ", ".join(f"shopper-{n}" for n in range(5))
    assert line.endswith(f"for gather of {shown} and 5 more")


async def gather(tasks: list["asyncio.Task[None]"]) -> None:
    await asyncio.gather(*tasks)


def test_a_timer_is_told_by_the_task_that_it_wakes():
    """A sleeper's timer is asyncio's own function; who sleeps is what matters."""

    async def main() -> str:
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(asyncio.sleep(1), name="sleeper")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        handles = [entry[2] for entry in loop._timers]
        words = describe_ready(loop, handles)
        await task
        return words

    assert run_virtual(main()).startswith("  1 × sleeper: sleep waits at ")
