"""Laws of holding a real run against the virtual one."""

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from harness.stats.clock_agreement import (
    AGREEMENT_MIN_N,
    WHOLE_PAYMENT,
    AgreementVerdict,
    agree_on_stages,
    payment_times_s,
)

N = 40
MS = 1_000_000


def samples(added_ms, *, wait_ms=100.0, n=N, states_wait=True, warmup=()):
    """A run in which create_payment waits and takes `added_ms` more, by arrival."""
    rows = []
    for arrival in range(n):
        took = round((wait_ms + added_ms[arrival % len(added_ms)]) * MS)
        for request, stages in (("make_payment", ("create_payment",)), ("callback", ())):
            begin = arrival * 1_000 * MS
            end = begin + (took if stages else 0)
            rows.append((arrival, request, "", begin, begin, end, None))
            rows += [
                (arrival, request, s, 0, 0, took, wait_ms * MS if states_wait else None)
                for s in stages
            ]
    columns = ["arrival", "request", "stage", "intended_ns", "start_ns", "end_ns", "modelled_ns"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["modelled_ns"] = frame["modelled_ns"].astype("float64")
    frame["variant"] = "only"
    frame["outcome"] = "ok"
    frame["warmup"] = frame["arrival"].isin(warmup)
    for word in ("variant", "request", "stage", "outcome"):
        frame[word] = frame[word].astype("category")
    return frame


def agreement(real, virtual, predictions):
    found = agree_on_stages(real, virtual, predictions)
    return {row.stage: row for row in found}


def test_what_is_added_within_the_prediction_agrees():
    """Two milliseconds more, where up to five were seen."""
    rows = agreement(samples([2.0]), samples([0.0]), [samples([1.0, 5.0], wait_ms=0.0)])
    assert set(rows) == {WHOLE_PAYMENT, "create_payment"}
    for row in rows.values():
        assert row.shift_p50_s == pytest.approx(0.002)
        assert row.shift_p95_s == pytest.approx(0.002)
        assert row.most_s == pytest.approx(0.005)
        assert row.verdict is AgreementVerdict.WITHIN


@pytest.mark.parametrize("added", [[7.0], [1.0] * 9 + [30.0]], ids=["all", "one in ten"])
def test_more_than_predicted_is_outside(added):
    """Whether all payments are slower or the tail alone."""
    rows = agreement(samples(added), samples([0.0]), [samples([5.0], wait_ms=0.0)])
    assert rows["create_payment"].verdict is AgreementVerdict.OUTSIDE
    assert rows[WHOLE_PAYMENT].verdict is AgreementVerdict.OUTSIDE


def test_a_real_clock_that_is_faster_is_outside():
    """Nothing real takes less than its wait."""
    rows = agreement(samples([0.0]), samples([1.0]), [samples([5.0], wait_ms=0.0)])
    assert rows["create_payment"].verdict is AgreementVerdict.OUTSIDE


def test_stated_waits_are_no_overhead():
    """A prediction may wait, as long as it says how long."""
    short = samples([3.0], wait_ms=20.0)
    silent = samples([3.0], wait_ms=20.0, states_wait=False)
    rows = agreement(samples([2.0]), samples([0.0]), [short])
    assert rows["create_payment"].most_s == pytest.approx(0.003)
    rows = agreement(samples([2.0]), samples([0.0]), [silent])
    assert rows["create_payment"].most_s == pytest.approx(0.023)


def test_the_widest_prediction_counts():
    """Code alone, and code that is woken up: the real run has both."""
    predictions = [samples([1.0], wait_ms=0.0), samples([4.0], wait_ms=20.0)]
    rows = agreement(samples([3.0]), samples([0.0]), predictions)
    assert rows["create_payment"].most_s == pytest.approx(0.004)
    assert rows["create_payment"].verdict is AgreementVerdict.WITHIN


@pytest.mark.parametrize("short", ["real", "virtual", "prediction"])
def test_too_few_durations_are_not_judged(short):
    """One shopper's luck decides nothing, in whichever run it is."""
    runs = {
        name: samples([1.0], n=AGREEMENT_MIN_N - (name == short))
        for name in ("real", "virtual", "prediction")
    }
    rows = agreement(runs["real"], runs["virtual"], [runs["prediction"]])
    assert {row.verdict for row in rows.values()} == {AgreementVerdict.TOO_FEW}


def test_a_stage_of_one_clock_only_is_shown_and_not_judged():
    """What never occurred has no quantile."""
    virtual = samples([0.0])
    virtual = virtual[virtual["stage"] == ""]
    row = agreement(samples([1.0]), virtual, [samples([1.0])])["create_payment"]
    assert (row.real_n, row.virtual_n) == (N, 0)
    assert row.virtual_p50_s is None
    assert row.shift_p50_s is None
    assert row.verdict is AgreementVerdict.TOO_FEW


def test_the_warm_up_does_not_count():
    """Neither as payment nor as stage."""
    warm = samples([1.0], warmup=range(5))
    rows = agreement(warm, warm, [warm])
    assert {row.real_n for row in rows.values()} == {N - 5}
    assert payment_times_s(warm)["only"].size == N - 5


@given(
    waits=st.lists(st.floats(0, 1_000), min_size=AGREEMENT_MIN_N, max_size=60),
    data=st.data(),
)
def test_bounded_additions_move_no_quantile_further(waits, data):
    """The law that the verdict rests on: additions from [0, b] move a quantile by 0 to b."""
    bound = data.draw(st.floats(0, 50))
    added = [data.draw(st.floats(0, bound)) for _ in waits]
    slower = [wait + more for wait, more in zip(waits, added, strict=True)]
    n = len(waits)
    real = samples(slower, wait_ms=0.0, n=n)
    row = agreement(real, samples(waits, wait_ms=0.0, n=n), [samples([bound], wait_ms=0.0)])
    assert row["create_payment"].verdict is AgreementVerdict.WITHIN
