"""Laws of sharing out one kind of traffic."""

import numpy as np
import pytest

from harness.merchant import Optimization
from harness.rundata import Costs, Measure
from harness.study.attribution.cell import CellResult
from harness.study.attribution.measures import measure_traffic
from harness.study.attribution.traffic import KINDS, make_scenario
from mock_bkash.latency import load_profile

S = 10**9
FLAGS = (Optimization.TOKEN_CACHE, Optimization.PREFETCH)


def _cell(times_s, *, paid=None, tokens=1, stages=None, queries=4, note=""):
    times_ns = (np.asarray(times_s) * S).astype(np.int64)
    return CellResult(
        times_ns=times_ns,
        paid=np.ones(times_ns.size, dtype=np.bool_) if paid is None else np.asarray(paid),
        stage_ns=stages or {"create_payment": int(times_ns.sum())},
        arrivals=times_ns.size,
        costs=Costs(
            gateway_calls={"token_grant": tokens, "create_payment": times_ns.size},
            payments_started=times_ns.size,
            new_connections=8,
            queries=queries,
            token_hits=0,
            token_misses=0,
            memory_bytes=None,
            cpu_s=None,
            horizon_s=3600.0,
        ),
        abandoned=0,
        token_calls_worst_hour=tokens,
        audit_ok=True,
        digest=f"{times_ns.sum():x}",
        notes=(note,) if note else (),
        horizon_s=3600.0,
    )


def _traffic(cells, *, flags=FLAGS):
    scenario = make_scenario(KINDS["normal"], profile=load_profile("constant"), payments=20, seed=1)
    return measure_traffic(KINDS["normal"], scenario, flags, cells)


def _four(n=40, **how):
    base = np.linspace(8, 12, n)
    return [_cell(base, tokens=80), _cell(base - 4, **how), _cell(base, tokens=80), _cell(base - 5)]


@pytest.mark.parametrize("name", ["time_mean_s", "time_p50_s", "time_p95_s", "queries_per_payment"])
def test_shares_sum_to_what_all_save(name):
    """Before minus after, for every measure."""
    measure = _traffic(_four(queries=9)).measures[name]
    saved = sum(share.saved for share in measure.shares)
    assert saved == pytest.approx(measure.before - measure.after, abs=1e-12)


def test_a_flag_that_needs_another_shows_it():
    """Prefetch alone does nothing; beside the cache it saves a second; its share is half of it."""
    mean = _traffic(_four()).measures[Measure.TIME_MEAN]
    cache, prefetch = mean.shares
    assert (prefetch.alone, prefetch.left_out) == (0.0, 1.0)
    assert prefetch.saved == pytest.approx(0.5)
    assert cache.saved == pytest.approx(4.5)
    assert mean.interactions[0][1] == pytest.approx(1.0)


def test_stages_of_a_share_sum_to_it():
    """Additivity, down to what no stage explains."""
    cells = [
        _cell([8] * 20, stages={"token_grant": 80 * S, "unaccounted": 80 * S}),
        _cell([4] * 20, stages={"unaccounted": 80 * S}),
        _cell([8] * 20, stages={"token_grant": 80 * S, "unaccounted": 80 * S}),
        _cell([3] * 20, stages={"unaccounted": 60 * S}),
    ]
    mean = _traffic(cells).measures[Measure.TIME_MEAN]
    assert mean.shares[0].stages == {"token_grant": 4.0, "unaccounted": 0.5}
    assert mean.shares[1].stages == {"unaccounted": 0.5}
    for share in mean.shares:
        assert sum(share.stages.values()) == pytest.approx(share.saved)


def test_cells_are_numbered_by_their_bits():
    """Cell 0 has nothing, cell 1 the first, cell 2 the second, cell 3 both."""
    cells = _traffic(_four()).cells
    assert [cell.optimizations for cell in cells] == [
        (),
        ("token_cache",),
        ("prefetch",),
        ("token_cache", "prefetch"),
    ]
    assert [cell.measures["token_calls_worst_hour"] for cell in cells] == [80, 1, 80, 1]


def test_times_have_intervals_and_counters_have_none():
    """Shoppers can be drawn again; a run's token calls cannot."""
    measures = _traffic(_four()).measures
    share = measures[Measure.TIME_MEAN].shares[0]
    assert share.low <= share.saved <= share.high
    assert measures[Measure.TOKEN_CALLS].shares[0].low is None


def test_where_nobody_failed_the_two_populations_are_one():
    """Times until an answer are payment times then."""
    traffic = _traffic(_four())
    assert traffic.paid_everywhere == traffic.shoppers == 40
    assert traffic.measures[Measure.PAID_P50] == traffic.measures[Measure.TIME_P50]


def test_who_failed_anywhere_is_left_out_of_the_paid_everywhere():
    """One set gives payments up: all shoppers get an answer sooner, those who paid do not."""
    base = np.array([2.0] * 30 + [20.0] * 10)
    given_up = np.array([2.0] * 30 + [10.0] * 10)
    paid = np.array([True] * 30 + [False] * 10)
    traffic = _traffic([_cell(base), _cell(given_up, paid=paid)], flags=FLAGS[:1])
    assert traffic.paid_everywhere == 30
    assert traffic.measures[Measure.TIME_MEAN].shares[0].saved == pytest.approx(2.5)
    assert traffic.measures[Measure.PAID_MEAN].shares[0].saved == 0
    failed = traffic.measures[Measure.FAILED].shares[0]
    assert failed.saved == -25.0
    assert failed.low < -25.0 < failed.high < 0


def test_where_nobody_paid_everywhere_there_is_no_such_measure():
    """Nothing is made up for an empty population."""
    nobody = np.zeros(40, dtype=np.bool_)
    traffic = _traffic([_cell([2] * 40, paid=nobody), _cell([1] * 40)], flags=FLAGS[:1])
    assert traffic.paid_everywhere == 0
    assert Measure.PAID_MEAN not in traffic.measures
    assert traffic.measures[Measure.TIME_MEAN].shares[0].saved == 1


def test_notes_are_said_once():
    """Sixty-four cells that say the same say it once."""
    cells = [_cell([2] * 40, note="slow"), _cell([1] * 40, note="slow")]
    assert _traffic(cells, flags=FLAGS[:1]).notes == ("slow",)


def test_the_same_cells_give_the_same_record():
    """Intervals are drawn from the seed alone."""
    assert _traffic(_four()) == _traffic(_four())
