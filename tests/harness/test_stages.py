"""Laws of stages and of the header that carries them."""

import asyncio

import pytest
from hypothesis import given, strategies as st

from harness.simulation import run_virtual
from harness.stages import (
    MAX_STAGES,
    TimedStage,
    Timeline,
    current_timeline,
    format_server_timing,
    parse_model_wait_ns,
    parse_server_timing,
    stage,
)

STAGES = st.lists(
    st.builds(
        TimedStage,
        name=st.sampled_from(["create_payment", "token_grant", "validate_user"]),
        start_ns=st.integers(0, 10**15),
        duration_ns=st.integers(0, 10**15),
        modelled_ns=st.none() | st.integers(0, 10**15),
    ),
    max_size=MAX_STAGES,
)


@given(STAGES)
def test_header_carries_every_nanosecond(stages: list[TimedStage]):
    """What a server measured is what the load generator reads, in order of the starts."""
    assert parse_server_timing(format_server_timing(stages)) == sorted(
        stages, key=lambda s: s.start_ns
    )


@given(st.text(max_size=200))
def test_any_header_is_survived(value: str):
    """A backend can send whatever it likes; at worst it has no stages."""
    assert len(parse_server_timing(value)) <= MAX_STAGES


def test_without_start_a_stage_begins_where_the_last_ended():
    """Header order means sequence for a backend that sends durations only."""
    first, second = parse_server_timing('db;dur=2.5, api;desc="bKash";dur=1')
    assert (first.start_ns, second.start_ns) == (0, 2_500_000)
    assert second.duration_ns == 1_000_000


@pytest.mark.parametrize("value", ["", "miss", "cache;desc=hit", "db;dur=x", "db;dur=-1", ";dur=1"])
def test_metric_without_a_duration_is_passed_over(value: str):
    """Server-Timing may carry other things than durations."""
    assert parse_server_timing(value) == []


def test_model_wait_is_read_where_it_stands():
    """The gateway's modelled wait is told apart from other metrics, and from none."""
    assert parse_model_wait_ns("cdn;dur=3, model;dur=1000.5") == 1_000_500_000
    assert parse_model_wait_ns("cdn;dur=3") is None
    assert parse_model_wait_ns(None) is None


def test_overlapping_stages_are_measured_apart():
    """Two stages at once each have their own start and length, to the nanosecond."""

    async def one(name: str, wait_s: float) -> None:
        with stage(name) as span:
            await asyncio.sleep(wait_s)
            span.add_modelled_ns(1)
            span.add_modelled_ns(2)

    async def both() -> list[TimedStage]:
        timeline = Timeline(origin_ns=0)
        current_timeline.set(timeline)
        await asyncio.gather(one("a", 0.25), one("b", 0.1))
        return timeline.stages

    assert run_virtual(both()) == [
        TimedStage("b", 0, 100_000_000, 3),
        TimedStage("a", 0, 250_000_000, 3),
    ]


def test_without_a_timeline_measuring_is_harmless():
    """Client code runs as it is where nobody listens."""

    async def measure() -> int:
        with stage("a") as span:
            await asyncio.sleep(0.5)
        return span.end_ns - span.start_ns

    assert run_virtual(measure()) == 500_000_000


def test_timeline_is_bounded():
    """A loop that measures for ever does not fill memory or the header."""

    async def many() -> int:
        timeline = Timeline(origin_ns=0)
        current_timeline.set(timeline)
        for _ in range(MAX_STAGES + 10):
            with stage("a"):
                pass
        return len(timeline.stages)

    assert run_virtual(many()) == MAX_STAGES
