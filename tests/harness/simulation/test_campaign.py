"""Laws of a campaign: variants side by side, each for itself."""

import hashlib
from pathlib import Path

import pytest

from harness.merchant import BUILTIN
from harness.simulation import Job, simulate_all, simulate_jobs

TWO = [BUILTIN["sequential"], BUILTIN["cached"]]


def test_adding_a_variant_changes_no_other_variants_samples(make_scenario):
    """Each has a loop, a gateway and a database of its own."""
    scenario = make_scenario("guide", payments=10)
    alone = simulate_all(scenario, TWO[1:], jobs=1)
    together = simulate_all(scenario, [*TWO, BUILTIN["overlapped"]], jobs=1)
    assert together["cached"].digest == alone["cached"].digest
    assert list(together) == ["sequential", "cached", "overlapped"]


def test_variants_meet_the_same_shoppers_and_the_same_latencies(make_scenario):
    """Draws are keyed by payment, so a stage takes equally long for it in every variant."""
    outcomes = simulate_all(make_scenario("guide", payments=30), TWO, jobs=1, keep_tally=True)
    one, other = outcomes["sequential"].tally, outcomes["cached"].tally
    assert one is not None
    assert other is not None
    for stage in ("validate_user", "create_payment", "execute_payment", "update_payment"):
        assert one.stage_ns[stage].tolist() == other.stage_ns[stage].tolist()
    assert (one.payment_ns > other.payment_ns).all()


def test_jobs_may_have_scenarios_of_their_own(make_scenario):
    """What-if asks one variant many questions; the answers come in their order."""
    slow, fast = make_scenario("constant", payments=2), make_scenario("fast", payments=2)
    jobs = [Job(slow, TWO[0]), Job(fast, TWO[0], keep_tally=True)]
    first, second = simulate_jobs(jobs, jobs=1)
    assert first.tally is None
    assert second.tally is not None
    assert second.tally.payment_ns.tolist() == [0, 0]


@pytest.mark.real_time
def test_processes_change_nothing(make_scenario, tmp_path: Path):
    """Digests are the same in other processes, and the files are what was digested."""
    scenario = make_scenario("guide", payments=10)
    here = simulate_all(scenario, TWO, jobs=1)
    there = simulate_all(scenario, TWO, jobs=2, folder=tmp_path, keep_tally=True)
    for name, outcome in there.items():
        assert outcome.digest == here[name].digest
        content = (tmp_path / f"samples-{name}.csv").read_bytes()
        assert outcome.digest == hashlib.sha256(content).hexdigest()
        assert outcome.tally is not None
        assert outcome.tally.ok.all()
