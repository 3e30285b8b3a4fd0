"""Laws of simulating a variant."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harness.errors import InvalidRunError
from harness.load import Pacing
from harness.merchant import BUILTIN
from harness.rundata import Sample, read_samples
from harness.simulation import (
    Arrivals,
    DigestSink,
    Fleet,
    Link,
    NetworkModel,
    PaymentTally,
    PoolLimits,
    ServiceTime,
    VirtualScenario,
    books,
    engine,
    simulate,
)
from harness.simulation.loop import VirtualDeadlock
from mock_bkash.latency import Constant, Distribution

SECOND = 1_000_000_000


def times_s(scenario: VirtualScenario, name: str) -> list[float]:
    """Return the payment times of a variant."""
    tally = PaymentTally()
    outcome = simulate(scenario, BUILTIN[name], DigestSink(reader=tally))
    assert outcome.ok, outcome.verdict
    return [time_ns / SECOND for time_ns in tally.freeze().payment_ns.tolist()]


def exactly(*times_s: float) -> list[float]:
    """Return times worked out by hand, without the crumbs of float arithmetic."""
    return [round(time_s * SECOND) / SECOND for time_s in times_s]


def test_payments_of_profile_constant_take_what_adds_up_by_hand(make_scenario):
    """Checks, insert, create, attach, load, execute, update; sequential grants twice besides."""
    calls_s, lookup_and_grant_s = 2.4, 2.2
    sequential_s = 0.75 + calls_s + 2 * lookup_and_grant_s
    assert times_s(make_scenario(), "sequential") == exactly(*[sequential_s] * 3)
    # The first meets no token: it looks into the database and grants.
    cached_s = 0.75 + calls_s
    cold_s = cached_s + lookup_and_grant_s
    apart = make_scenario(arrivals=Arrivals(rate_per_s=0.05, pacing=Pacing.PACED))
    assert times_s(apart, "cached") == exactly(cold_s, cached_s, cached_s)
    assert times_s(apart, "parallel")[1:] == exactly(*[0.25 + calls_s] * 2)


def test_a_hundred_runs_have_one_digest(make_scenario):
    """Same scenario, same bytes, however often."""
    scenario = make_scenario("guide", arrivals=Arrivals(rate_per_s=2.0), payments=3)
    digests = {simulate(scenario, BUILTIN["optimized"]).digest for _ in range(100)}
    assert len(digests) == 1


@pytest.mark.real_time
def test_the_digest_does_not_depend_on_the_hash_seed():
    """Sets and dicts of another process change nothing."""
    code = """
from harness.simulation import Arrivals, NetworkModel, Link, VirtualScenario, simulate
from harness.merchant import BUILTIN
from mock_bkash import load_profile
scenario = VirtualScenario(
    profile=load_profile("flaky"), arrivals=Arrivals(rate_per_s=1.0), payments=20,
    network=NetworkModel(gateway=Link(round_trip_s=0.04, loss=0.05, reset=0.05)),
)
print(simulate(scenario, BUILTIN["overlapped"]).digest)
"""
    digests = set()
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=180,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1
    assert len(digests.pop()) == 64


STAGES = (
    "validate_user",
    "validate_course",
    "check_enrolled",
    "insert_payment",
    "token_lookup",
    "token_grant",
    "create_payment",
    "attach_payment",
    "load_payment",
    "execute_payment",
    "update_payment",
)


@pytest.mark.parametrize("stage", STAGES)
def test_a_microsecond_in_any_stage_changes_the_digest(make_scenario, stage: str):
    """No change of the model is too small to be seen."""
    scenario = make_scenario()
    shape = scenario.profile.operations[stage].shape
    assert isinstance(shape, Constant)
    slower = {
        **scenario.profile.operations,
        stage: Distribution(Constant(shape.value_s + 1e-6)),
    }
    changed = replace(scenario, profile=replace(scenario.profile, operations=slower))
    variant = BUILTIN["sequential"]
    assert simulate(scenario, variant).digest != simulate(changed, variant).digest


class Draws:
    """Collect the modelled wait of every stage of every payment."""

    def __init__(self) -> None:
        self.waits_ns: dict[tuple[int, str, str, int], int | None] = {}

    def append(self, sample: Sample) -> None:
        if sample.stage:
            nth = sum(
                key[:3] == (sample.arrival, sample.request, sample.stage) for key in self.waits_ns
            )
            key = (sample.arrival, sample.request, sample.stage, nth)
            self.waits_ns[key] = sample.modelled_ns


def test_shoppers_do_not_see_each_others_draws(make_scenario):
    """Twenty at once or one after the other: each meets the latencies that are his."""

    def draws(rate_per_s: float):
        reader = Draws()
        scenario = make_scenario(
            "guide", arrivals=Arrivals(rate_per_s=rate_per_s), payments=20, token_lifetime_s=90.0
        )
        simulate(scenario, BUILTIN["sequential"], DigestSink(reader=reader))
        return reader.waits_ns

    alone, crowded = draws(0.01), draws(100.0)
    assert alone == crowded
    assert len(set(alone.values())) > 200


def test_those_who_come_later_change_nothing_for_those_before(make_scenario):
    """The first ten payments of a run of forty are those of a run of ten."""
    rows: list[list[Sample]] = [[], []]
    for reader, payments in zip(rows, (10, 40), strict=True):
        scenario = make_scenario("guide", payments=payments)
        simulate(scenario, BUILTIN["stored"], DigestSink(reader=reader))
    early = [sample for sample in rows[1] if sample.arrival < 10]
    assert sorted(early, key=repr) == sorted(rows[0], key=repr)


def test_samples_costs_and_verdict_are_those_of_a_real_run(make_scenario, tmp_path: Path):
    """The run folder's readers find what they know."""
    path = tmp_path / "samples-stored.csv"
    outcome = simulate(make_scenario(payments=5), BUILTIN["stored"], DigestSink(path))
    table, warnings = read_samples([path])
    assert warnings == []
    assert len(table) == outcome.samples
    assert outcome.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert set(table["request"]) == {"land", "make_payment", "approve", "callback"}
    assert (table["outcome"] == "ok").all()
    # create and execute of five payments look a token up; one of them finds none.
    assert outcome.costs.gateway_calls == {
        "create_payment": 5,
        "execute_payment": 5,
        "token_grant": 1,
    }
    assert outcome.costs.payments_started == 5
    assert outcome.costs.new_connections == 11
    assert (outcome.costs.token_hits, outcome.costs.token_misses) == (9, 1)
    assert outcome.costs.memory_bytes is outcome.costs.cpu_s is None
    assert outcome.verdict["ok"]
    assert outcome.verdict["payments"] == outcome.verdict["captures"] == 5
    assert outcome.token_calls_s["token_refresh"] == ()
    assert len(outcome.token_calls_s["token_grant"]) == 1


def test_a_keyed_random_id_is_the_same_in_every_run(make_scenario):
    """payment ids stand in samples, so chance may not make them."""
    rows: list[Sample] = []
    simulate(make_scenario(payments=1), BUILTIN["cached"], DigestSink(reader=rows))
    again: list[Sample] = []
    simulate(make_scenario(payments=1), BUILTIN["cached"], DigestSink(reader=again))
    ids = {sample.payment_id for sample in rows if sample.payment_id}
    assert len(ids) == 1
    assert ids == {sample.payment_id for sample in again if sample.payment_id}


def test_a_distance_is_charged_once_and_stands_in_the_stage(make_scenario):
    """Round trips lengthen the payment by what they are, and are part of the modelled wait."""
    rows: list[Sample] = []
    network = NetworkModel(gateway=Link(round_trip_s=0.1), shopper=Link(round_trip_s=0.02))
    simulate(make_scenario(payments=1, network=network), BUILTIN["stored"], DigestSink(reader=rows))
    create = next(sample for sample in rows if sample.stage == "create_payment")
    # Connection: close, so two round trips of connecting and one of the call.
    assert create.end_ns - create.start_ns == create.modelled_ns == 1_300_000_000
    land = next(sample for sample in rows if sample.request == "land" and not sample.stage)
    assert land.end_ns - land.start_ns == 60_000_000


def test_a_pool_that_is_full_lets_shoppers_wait(make_scenario):
    """Ten at once over two connections: what waits for a slot is in no modelled wait."""
    network = NetworkModel(gateway_pool=PoolLimits(connections=2), database_connections=3)
    free = make_scenario(arrivals=Arrivals(rate_per_s=100.0), payments=10)
    crowded = replace(free, network=network)
    assert max(times_s(crowded, "cached")) > max(times_s(free, "cached")) + 3
    rows: list[Sample] = []
    simulate(crowded, BUILTIN["cached"], DigestSink(reader=rows))
    creates = [sample for sample in rows if sample.stage == "create_payment"]
    assert {sample.modelled_ns for sample in creates} == {SECOND}
    assert max(sample.end_ns - sample.start_ns for sample in creates) > 4 * SECOND


def test_a_modelled_processor_is_waited_for(make_scenario):
    """One worker and 0.1 s a request: a shopper's four requests take 0.1 s longer each."""
    free = make_scenario(payments=1)
    [plain_s] = times_s(free, "stored")
    [busy_s] = times_s(replace(free, service=ServiceTime(slots=1, service_s=0.1)), "stored")
    assert busy_s == pytest.approx(plain_s + 0.2)


def test_serverless_instances_forget_their_token(make_scenario):
    """Two processes that live for a minute: each new one asks the database, none the gateway."""
    scenario = make_scenario(
        arrivals=Arrivals(rate_per_s=0.1), payments=30, fleet=Fleet(instances=2, lifetime_s=60.0)
    )
    outcome = simulate(scenario, BUILTIN["cached"])
    assert outcome.ok
    assert outcome.costs.gateway_calls["token_grant"] == 1
    assert outcome.costs.token_misses is not None
    assert outcome.costs.token_misses > 4


class EveryTenSeconds:
    """A cron job."""

    def fires_s(self, until_s: float) -> Iterable[float]:
        return range(0, int(until_s), 10)


def test_cron_keeps_the_token_fresh(make_scenario):
    """A shop whose payments are rare meets no dead token if somebody warms it in time."""
    scenario = make_scenario(
        arrivals=Arrivals(rate_per_s=0.01, pacing=Pacing.PACED), payments=5, token_lifetime_s=60.0
    )
    tokens = simulate(scenario, BUILTIN["cached"]).costs.token_misses
    warmed = simulate(replace(scenario, cron=EveryTenSeconds()), BUILTIN["cached"])
    assert tokens == 5
    assert warmed.costs.token_misses == 0
    calls = warmed.token_calls_s
    assert len(calls["token_grant"]) + len(calls["token_refresh"]) > 5


def test_trouble_ends_in_clean_books(make_scenario):
    """Losses, resets and a bad day: some payments fail, and no money is lost or doubled."""
    network = NetworkModel(gateway=Link(round_trip_s=0.04, loss=0.05, reset=0.1))
    scenario = make_scenario("flaky", payments=60, network=network)
    for name in ("sequential", "optimized"):
        outcome = simulate(scenario, BUILTIN[name])
        assert outcome.verdict["violations"] == []
        assert outcome.costs.gateway_calls["query_payment"] > 0
        assert outcome.failed > 0


def test_progress_is_told_in_shoppers(make_scenario):
    """Now and then, from the first on."""
    told: list[tuple[int, int]] = []
    simulate(
        make_scenario(arrivals=Arrivals(rate_per_s=50.0), payments=150),
        BUILTIN["stored"],
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, 150), (64, 150), (128, 150)]


def test_time_that_cannot_go_on_makes_the_run_invalid(make_scenario, monkeypatch):
    """The user is told which variant, and what the loop found."""

    def stuck(coroutine):
        coroutine.close()
        raise VirtualDeadlock("nobody moves")

    monkeypatch.setattr(engine, "run_virtual", stuck)
    with pytest.raises(InvalidRunError, match="cached cannot be simulated: nobody moves"):
        simulate(make_scenario(), BUILTIN["cached"])


def test_an_error_of_a_shopper_ends_the_run_as_itself(make_scenario):
    """A recorder that fails stops everything, and is not hidden in a group."""

    class Full:
        def append(self, sample: Sample) -> None:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        simulate(make_scenario(), BUILTIN["cached"], DigestSink(reader=Full()))


def test_simulating_leaves_the_logs_as_they_were(make_scenario):
    """What was switched off for the time is switched on again."""
    import logging

    before = logging.root.manager.disable
    simulate(make_scenario(), BUILTIN["stored"])
    assert logging.root.manager.disable == before


def instants(samples: Iterable[Sample]) -> Iterator[int]:
    return (sample.start_ns - sample.intended_ns for sample in samples if not sample.stage)


def test_nothing_is_sent_late(make_scenario):
    """On this clock a generator has no lag."""
    rows: list[Sample] = []
    simulate(make_scenario("guide", payments=10), BUILTIN["cached"], DigestSink(reader=rows))
    assert set(instants(rows)) == {0}


class Broken:
    """A cron job whose schedule cannot be read."""

    def fires_s(self, until_s: float) -> Iterable[float]:
        raise ValueError("no such minute")


def test_a_cron_job_that_fails_ends_the_run(make_scenario):
    """Nobody should believe a token day without its cron."""
    with pytest.raises(ValueError, match="no such minute"):
        simulate(make_scenario(cron=Broken()), BUILTIN["cached"])


def test_memory_does_not_grow_with_the_payments(make_scenario):
    """What a payment leaves behind once it is audited is its arrival, and rows on the disk."""
    import tracemalloc

    def peak_bytes(payments: int) -> int:
        scenario = make_scenario("constant", payments=payments)
        tracemalloc.start()
        try:
            simulate(scenario, BUILTIN["cached"])
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    books.INSTALMENT, usual = 50, books.INSTALMENT
    try:
        peak_bytes(60)
        few, many = peak_bytes(100), peak_bytes(400)
    finally:
        books.INSTALMENT = usual
    # 300 payments more; kept whole, each weighs some three kilobytes.
    assert many - few < 300 * 600
