"""Laws of the gate over simulated runs: no alarm without a change, and no change missed."""

import asyncio
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from harness.client import Gateway
from harness.gate import (
    Baseline,
    Conclusion,
    Outcome,
    identify,
    judge,
    open_gate,
    parse_limit,
    read_baseline,
    read_figures,
    read_limits,
)
from harness.gate.amount import format_seconds
from harness.merchant import BUILTIN, Optimization
from harness.rundata import (
    SCHEMA_VERSION,
    Manifest,
    Overhead,
    RunConfiguration,
    Summary,
    VariantRecord,
    VariantSummary,
)
from harness.simulation import Arrivals, DigestSink, VirtualScenario, simulate
from harness.simulation.tally import PaymentTally
from harness.stats import calls_per_payment, describe
from mock_bkash import LatencyModel, load_profile

VALIDATIONS = ("validate_user", "validate_course", "check_enrolled")
NS_PER_S = 1e9
SLOWDOWN_US = 1_000


def scenario_of(payments):
    return VirtualScenario(
        profile=load_profile("guide"),
        seed=7,
        arrivals=Arrivals(rate_per_s=0.5),
        payments=payments,
        token_lifetime_s=20.0,
    )


def figures_of(variant, *, payments):
    """Simulate a variant and return its figures as a gate reads them."""
    tally = PaymentTally()
    outcome = simulate(scenario_of(payments), BUILTIN[variant], DigestSink(reader=tally))
    kept = tally.freeze()
    chosen = kept.measured
    requests = {"make_payment": kept.make_payment_ns, "callback": kept.callback_ns}
    summary = VariantSummary(
        payment_time_s=describe(kept.payment_ns[chosen] / NS_PER_S),
        overhead_ms=Overhead(0.0, 0.0),
        stages={
            name: describe(times_ns[chosen & (times_ns > 0)] / NS_PER_S)
            for name, times_ns in kept.stage_ns.items()
        },
        gateway_calls_per_payment=calls_per_payment(outcome.costs),
        token_grants=outcome.costs.gateway_calls.get("token_grant", 0),
        errors=outcome.failed,
        requests={name: describe(ns[chosen] / NS_PER_S) for name, ns in requests.items()},
        digest=outcome.digest,
    )
    return read_figures(Summary(SCHEMA_VERSION, {variant: summary}, {}, [], ""))


def plan_of(variant, *, payments):
    scenario = scenario_of(payments)
    return Manifest(
        schema_version=SCHEMA_VERSION,
        name="gate",
        created_utc="2026-11-23T10:15:00+00:00",
        command=(),
        clock="virtual",
        configuration=RunConfiguration(
            profile="guide",
            profile_data=scenario.profile.to_dict(),
            time_scale=1.0,
            rate_per_s=0.5,
            duration_s=payments * 2.0,
            warmup_s=0.0,
            seed=scenario.seed,
            token_lifetime_s=scenario.token_lifetime_s,
            land_think_s=scenario.land_think_s,
            approve_think_s=scenario.approve_think_s,
            baseline=variant,
            scenario=scenario.to_dict(),
        ),
        variants=(VariantRecord(variant, (), "builtin", "", variant),),
        versions={},
        git_commit=None,
        machine={},
    )


def gate_of(variant, *, payments):
    plan = plan_of(variant, payments=payments)
    past = Baseline(identify(plan), figures_of(variant, payments=payments), "base.json")
    return open_gate([], past, plan=plan)


def test_two_hundred_gate_checks_of_identical_code_raise_no_alarm():
    """Each simulates anew; every one finds the same samples, to the nanosecond."""
    gate = gate_of("optimized", payments=4)
    for _ in range(200):
        judgement = judge(gate, figures_of("optimized", payments=4))
        assert judgement.conclusion is Conclusion.PASSED
        assert judgement.notes == (
            "Every sample is the same as the baseline's, to the nanosecond: optimized.",
        )


@pytest.mark.parametrize("variant", BUILTIN)
def test_one_millisecond_in_any_stage_of_any_variant_is_found(variant, monkeypatch):
    """And the stage is named, whether it lies on the critical path or not."""
    gate = gate_of(variant, payments=40)
    for stage in gate.baseline.variants[variant].stages:
        batched = Optimization.BATCHED_QUERIES in BUILTIN[variant].optimizations
        # Asked in one round trip, the three are one stage that takes as long as the slowest.
        slow = VALIDATIONS if batched and stage in VALIDATIONS else (stage,)
        with monkeypatch.context() as patch:
            patch.setattr(LatencyModel, "delay_us", slowed(LatencyModel.delay_us, slow))
            judgement = judge(gate, figures_of(variant, payments=40))
        assert judgement.conclusion is Conclusion.REGRESSED, stage
        assert stage in {check.metric for check in judgement.having(Outcome.REGRESSED)}


def slowed(delay_us, operations):
    def longer_us(self, operation, key, attempt):
        delay = delay_us(self, operation, key, attempt)
        return delay + SLOWDOWN_US if operation in operations else delay

    return longer_us


def test_one_millisecond_between_stages_is_found_and_said_to_lie_there(monkeypatch):
    """In which request is named; that no stage holds it is said."""
    gate = gate_of("optimized", payments=40)
    create = Gateway.create

    async def create_late(self, *arguments, **named):
        await asyncio.sleep(SLOWDOWN_US / 1e6)
        return await create(self, *arguments, **named)

    monkeypatch.setattr(Gateway, "create", create_late)
    judgement = judge(gate, figures_of("optimized", payments=40))
    assert {check.metric for check in judgement.having(Outcome.REGRESSED)} == {
        "payment_time",
        "make_payment",
    }
    assert judgement.notes == (
        "No stage of optimized is slower: what was added lies between the stages, where nothing is"
        " timed.",
    )


def test_ready_limit_of_the_guide_tells_before_from_after():
    """make-payment under 3 s: no before the optimizations, yes after them."""
    conclusions = {}
    for variant in ("sequential", "optimized"):
        limits = parse_limit("guide", clock="virtual")
        gate = open_gate(limits, None, plan=plan_of(variant, payments=40))
        conclusions[variant] = judge(gate, figures_of(variant, payments=40)).conclusion
    assert conclusions == {
        "sequential": Conclusion.EXCEEDED,
        "optimized": Conclusion.PASSED,
    }


def test_own_limits_and_baseline_can_be_used():
    """What CI holds our own code against is read, and knows every variant."""
    folder = Path(__file__).parents[2] / ".ci"
    limits = read_limits(folder / "limits.toml", clock="virtual")
    baseline = read_baseline(folder / "baseline.json")
    assert any(limit.is_relative for limit in limits)
    assert set(baseline.variants) == set(BUILTIN)
    assert baseline.identity.clock == "virtual"


COMPARE = (
    *("compare", "--clock", "virtual", "--payments", "40", "--rate", "0.5"),
    *("--token-lifetime", "20", "--variants", "sequential,optimized", "--quiet"),
)

SLOWDOWN = """

import asyncio as _asyncio

_exchange = exchange


async def exchange(*arguments, phase, **named):
    if phase == "create_payment":
        await _asyncio.sleep(0.001)
    return await _exchange(*arguments, phase=phase, **named)
"""


@pytest.fixture
def clone(tmp_path):
    """Return a copy of our packages, and a function that runs its `bkash-bench`."""
    root = Path(__file__).parents[2]
    for package in ("harness", "mock_bkash", "reports", "scenarios"):
        shutil.copytree(root / package, tmp_path / package)

    def bench(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "harness.cli", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return tmp_path, bench


@pytest.mark.real_time
def test_clone_with_one_deliberate_slowdown_goes_red_and_names_the_stage(clone):
    """Unchanged it is green; a millisecond before each create call is found and named."""
    folder, bench = clone
    done = bench(*COMPARE, "--out", "before", "--save-baseline", "baseline.json")
    assert done.returncode == 0, done.stderr
    assert "Baseline: baseline.json" in done.stdout

    same = bench(
        *(*COMPARE, "--out", "same", "--baseline", "baseline.json", "--limit", "regression"),
        *("--limit", "optimized: guide", "--limit", "errors <= 0", "--junit", "same.xml"),
    )
    assert same.returncode == 0, same.stdout + same.stderr
    assert "Gate: passed (0 of " in same.stdout
    assert "to the nanosecond: sequential, optimized." in same.stdout
    assert not list(ElementTree.parse(folder / "same.xml").iter("failure"))

    with (folder / "harness" / "client" / "channel.py").open("a") as module:
        module.write(SLOWDOWN)
    slow = bench(
        *(*COMPARE, "--out", "slow", "--baseline", "baseline.json"),
        *("--junit", "slow.xml", "--markdown", "slow.md", "--json"),
    )
    assert slow.returncode == 11, slow.stdout + slow.stderr
    assert slow.stdout.startswith("{"), "standard output belongs to the summary"
    before = read_baseline(folder / "baseline.json").variants
    for variant in ("sequential", "optimized"):
        was_s = before[variant].stages["create_payment"].values["p50"]
        # The allowed tenth of a millisecond is to be seen with two digits.
        was, is_now = (format_seconds(s, decimals=5) for s in (was_s, was_s + 0.001))
        assert (
            f"REGRESSION: {variant}: p50 create_payment is {is_now}, 1 ms above the baseline's"
            f" {was}; allowed is +0.1ms"
        ) in slow.stderr
    failures = ElementTree.parse(folder / "slow.xml").iter("failure")
    told = [failure.get("message") for failure in failures]
    assert any("optimized: p95 create_payment is" in message for message in told)
    assert not any("insert_payment" in message for message in told)
    assert (folder / "slow.md").read_text().startswith("## ❌ Slower than the baseline")

    # The run of before, judged again, and refused where nothing can be compared.
    assert bench("gate", "before", "--baseline", "baseline.json").returncode == 0
    assert bench("gate", "before", "--baseline", "slow").returncode == 0
    assert bench("gate", "slow", "--baseline", "before").returncode == 11
    assert bench("gate", "slow", "--limit", "p50 payment_time < 1s").returncode == 10
    assert bench("baseline", "before", "-o", "again.json").returncode == 0
    assert (folder / "again.json").read_bytes() == (folder / "baseline.json").read_bytes()
    other = bench(*COMPARE, "--seed", "2", "--out", "other", "--baseline", "baseline.json")
    assert other.returncode == 2
    assert "seed is 2, the baseline's is 1" in other.stderr
    assert not (folder / "other").exists()


WAY = "        async with self._trip(Stage.INSERT_PAYMENT):\n"
SLEEP = '            await __import__("asyncio").sleep(0.001)\n'


@pytest.mark.real_time
def test_clone_with_one_slow_line_in_the_shop_is_red_at_our_own_gate(clone):
    """`make gate`'s own command and baseline: a millisecond in the store, its stage named."""
    folder, bench = clone
    store = folder / "harness" / "merchant" / "store" / "store.py"
    text = store.read_text()
    assert text.count(WAY) == 1
    store.write_text(text.replace(WAY, WAY + SLEEP))
    baseline = Path(__file__).parents[2] / ".ci" / "baseline.json"
    # One variant of seven, which is a seventh of the time.
    done = bench(*own_gate(), "--variants", "optimized", "--baseline", str(baseline))
    assert done.returncode == 11, done.stdout + done.stderr
    # The medians: in the burst others wait longer for the database, too.
    slower = re.findall(r"REGRESSION: optimized: p50 (\S+) is", done.stdout)
    sums = {"payment_time", "make_payment", "callback"}
    assert set(slower) - sums == {"insert_payment"}, done.stdout


def own_gate():
    """The command line with which `make gate` simulates, from the Makefile."""
    lines = (Path(__file__).parents[2] / "Makefile").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("SIMULATE := $(BIN)/bkash-bench ")]
    return shlex.split(line)[3:]
