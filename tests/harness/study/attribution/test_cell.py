"""Laws of one simulated set of optimizations."""

import logging

import numpy as np
import pytest

from harness.merchant import Optimization, Variant
from harness.rundata import Sample, SampleFile, read_samples
from harness.stats import payment_table
from harness.study.attribution.cell import CellTask, SampleColumns, simulate_cell
from harness.study.attribution.traffic import KINDS, make_scenario
from mock_bkash.latency import load_profile


def _simulate(*flags, traffic="normal", profile="constant", payments=24, report=None):
    scenario = make_scenario(
        KINDS[traffic],
        profile=load_profile(KINDS[traffic].profile or profile),
        payments=payments,
        seed=1,
    )
    variant = Variant(name="cell", optimizations=frozenset(map(Optimization, flags)))
    return simulate_cell(CellTask(scenario, variant), report or (lambda share: None))


def test_the_guides_before_by_mental_arithmetic():
    """Three validations, insert, lookup, grant, create, attach; load, lookup, grant, execute,
    update: 7.55 s, every payment, exactly."""
    cell = _simulate()
    assert set(cell.times_ns.tolist()) == {7_550_000_000}
    assert cell.paid.all()
    assert cell.stage_ns["token_grant"] == 24 * 4_000_000_000
    assert sum(cell.stage_ns.values()) == cell.times_ns.sum()


def test_the_warm_up_is_simulated_and_not_counted():
    """Shoppers of the first minute cost calls and have no times."""
    cell = _simulate()
    assert cell.times_ns.size == 24
    assert cell.arrivals > 24
    assert cell.costs.gateway_calls["create_payment"] == cell.arrivals


def test_the_worst_hour_is_counted_call_by_call():
    """Two tokens a payment without a cache; one for all with it."""
    before = _simulate()
    assert before.token_calls_worst_hour == 2 * before.arrivals
    assert _simulate("token_cache").token_calls_worst_hour == 1


def test_behaviour_that_is_equal_has_an_equal_digest():
    """A refresher with nothing to refresh changes not one sample; a cache changes them."""
    nothing = _simulate()
    assert _simulate("background_refresh").digest == nothing.digest
    assert _simulate("token_cache").digest != nothing.digest


def test_books_are_audited_and_nothing_is_abandoned_on_a_good_day():
    """Every created payment is executed."""
    cell = _simulate("token_cache", "prefetch")
    assert cell.audit_ok
    assert cell.abandoned == 0


def test_progress_is_told():
    """The share done rises, and is a share."""
    shares = []
    _simulate(payments=120, report=shares.append)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


def test_failed_payments_do_not_fill_the_terminal(caplog):
    """64 cells log nothing; afterwards the log is as it was."""
    before = logging.root.manager.disable
    with caplog.at_level(logging.WARNING):
        cell = _simulate("timeouts", traffic="flaky", payments=120)
    assert not cell.paid.all()
    assert caplog.records == []
    assert logging.root.manager.disable == before


def test_columns_are_the_table_that_a_sample_file_would_be(tmp_path):
    """Memory and disk give the same payments."""
    columns, file = SampleColumns(), SampleFile(tmp_path / "samples-x.csv")
    for sample in _samples():
        columns.append(sample)
        file.append(sample)
    file.close()
    from_disk, _ = read_samples([file.path])
    ours = payment_table(columns.frame(), time_scale=1.0)
    theirs = payment_table(from_disk, time_scale=1.0)
    assert ours.payments["total_ns"].tolist() == theirs.payments["total_ns"].tolist()
    assert ours.payments["outcome"].tolist() == theirs.payments["outcome"].tolist()
    assert ours.stage_names == theirs.stage_names
    assert np.array_equal(
        ours.sum_per_payment("critical_ns"), theirs.sum_per_payment("critical_ns")
    )


def _samples():
    def sample(request, stage, start_ns, end_ns, outcome="ok"):
        intended_ns = 0 if stage else start_ns
        return Sample(
            *("cell", 0, request, stage, intended_ns, start_ns, end_ns),
            *(end_ns - start_ns if stage else None, outcome, 200, False),
        )

    return [
        sample("land", "", 0, 5),
        sample("prefetch", "", 5, 900),
        sample("make_payment", "", 10, 110),
        sample("make_payment", "create_payment", 10, 90),
        sample("approve", "", 110, 120),
        sample("callback", "", 120, 200, "not_paid"),
    ]


@pytest.mark.parametrize("traffic", ["quiet", "burst"])
def test_other_traffic_is_simulated_too(traffic):
    """All shoppers have an answer, whoever comes when."""
    assert (_simulate("token_cache", traffic=traffic).times_ns > 0).all()
