"""Payments made of samples, against sums worked out by hand."""

import io

import numpy as np
import pandas as pd
import pytest

from harness.rundata import COLUMNS
from harness.stats import UNFINISHED, PaymentTable, payment_table

MS = 1_000_000
Row = dict[str, object]


def _request(request: str, due: float, sent: float, end: float, **more: object) -> Row:
    """Return a request's row; times in ms since the run's start."""
    row: Row = {
        "variant": "v", "arrival": 0, "request": request, "stage": "",
        "intended_ns": round(due * MS), "start_ns": round(sent * MS), "end_ns": round(end * MS),
        "modelled_ns": "", "outcome": "ok", "status": 200, "warmup": 0,
        "payment_id": "", "error": "",
    }  # fmt: skip
    return row | more


def _stage(
    request: str,
    stage: str,
    start: float,
    end: float,
    modelled: float | None = None,
    **more: object,
) -> Row:
    """Return a stage's row; offsets in ms from the request's arrival, the modelled wait too."""
    wait = "" if modelled is None else round(modelled * MS)
    times = {"start_ns": round(start * MS), "end_ns": round(end * MS), "modelled_ns": wait}
    return _request(request, 0, 0, 0, stage=stage, status=0) | times | more


def _table(rows: list[Row], time_scale: float = 1.0) -> PaymentTable:
    """Read rows as a sample file is read."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    text = frame.to_csv(index=False)
    words = dict.fromkeys(("variant", "request", "stage", "outcome"), "category")
    samples = pd.read_csv(
        io.StringIO(text),
        dtype={**words, "modelled_ns": "float64"},
        keep_default_na=False,
        na_values={"modelled_ns": [""]},
    )
    samples["warmup"] = samples["warmup"].astype(bool)
    return payment_table(samples, time_scale=time_scale)


def _payment(**more: object) -> list[Row]:
    """Return one payment of 160 + 110 ms, sent 2 and 3 ms late."""
    return [
        _request("land", 0, 1, 5, **more),
        _request("make_payment", 1005, 1007, 1165, **more),
        _request("approve", 2165, 2165, 2170, **more),
        _request("callback", 3170, 3173, 3280, **more),
        _stage("make_payment", "validate_user", 0, 25, 24, **more),
        _stage("make_payment", "validate_course", 0, 30, 29, **more),
        _stage("make_payment", "insert_payment", 30, 40, 9, **more),
        _stage("make_payment", "create_payment", 40, 145, 100, **more),
        _stage("callback", "load_payment", 0, 10, 9, **more),
        _stage("callback", "execute_payment", 10, 90, 78, **more),
        _stage("callback", "update_payment", 90, 100, 9, **more),
    ]


def test_payment_time_is_both_responses_from_their_intended_start() -> None:
    """Lateness of the generator counts; the shopper's time at bKash does not."""
    row = _table(_payment()).payments.iloc[0]
    assert row["make_payment_ns"] == 160 * MS
    assert row["callback_ns"] == 110 * MS
    assert row["total_ns"] == 270 * MS
    assert row["lag_ns"] == 5 * MS
    assert row["arrived_ns"] == 0
    assert row["started_ns"] == 1 * MS
    assert row["outcome"] == "ok"


def test_critical_stages_and_rest_sum_to_the_payment() -> None:
    """30 + 10 + 105 and 10 + 80 + 10 are critical; validate_user is not; 25 are unaccounted."""
    table = _table(_payment())
    row = table.payments.iloc[0]
    assert row["critical_ns"] == 245 * MS
    assert row["unaccounted_ns"] == 25 * MS
    parts = dict(zip(table.stage_names, table.sum_per_payment("critical_ns")[0], strict=True))
    assert parts["validate_user"] == 0
    assert parts["validate_course"] == 30 * MS
    assert sum(parts.values()) == row["critical_ns"]


def test_overhead_is_what_the_modelled_waits_on_the_path_leave() -> None:
    """270 - (29 + 9 + 100 + 9 + 78 + 9) = 36."""
    row = _table(_payment()).payments.iloc[0]
    assert row["has_model"]
    assert row["modelled_ns"] == 234 * MS
    assert row["overhead_ns"] == 36 * MS


def test_floor_is_the_sum_of_the_unavoidable_stages() -> None:
    """create 105 + execute 80 + insert 10 + load 10 + update 10."""
    assert _table(_payment()).payments.iloc[0]["floor_ns"] == 215 * MS


def test_a_payment_without_one_of_them_has_no_floor() -> None:
    """A backend that times only some stages has no floor, though others have one."""
    rows = _payment() + [r for r in _payment(arrival=1) if r["stage"] != "insert_payment"]
    assert _table(rows).payments["floor_ns"].tolist() == [215 * MS, -1]
    no_insert = [r for r in _payment() if r["stage"] != "insert_payment"]
    assert _table(no_insert).payments["floor_ns"].tolist() == [-1]


def test_at_a_time_scale_the_waits_grow_back_and_the_overhead_stays() -> None:
    """At scale 0.1 a wait of 1,000 took 100; own time is the same at any size."""
    rows = [
        _request("make_payment", 0, 0, 130),
        _request("callback", 1000, 1000, 1060),
        _stage("make_payment", "create_payment", 5, 110, 1000),
        _stage("make_payment", "validate_user", 0, 30, 250),
        _stage("callback", "execute_payment", 0, 52, 500),
    ]
    table = _table(rows, time_scale=0.1)
    row = table.payments.iloc[0]
    assert row["make_payment_ns"] == (130 - 100 + 1000) * MS
    assert row["callback_ns"] == (60 - 50 + 500) * MS
    assert row["overhead_ns"] == (190 - 150) * MS
    full = dict(zip(table.stage_names, table.sum_per_payment("full_ns")[0], strict=True))
    assert full["create_payment"] == (105 - 100 + 1000) * MS
    assert full["validate_user"] == (30 - 25 + 250) * MS
    assert row["critical_ns"] + row["unaccounted_ns"] == row["total_ns"]


@pytest.mark.parametrize("scale", [0.0, -1.0])
def test_a_time_scale_must_be_positive(scale: float) -> None:
    """Waits cannot have taken no time or less."""
    with pytest.raises(ValueError, match="time scale"):
        _table(_payment(), time_scale=scale)


def test_a_backend_without_stages_is_all_unaccounted() -> None:
    """Its payment time is known, where it went is not."""
    rows = [row for row in _payment() if row["stage"] == ""]
    table = _table(rows)
    row = table.payments.iloc[0]
    assert row["total_ns"] == row["unaccounted_ns"] == 270 * MS
    assert not row["has_model"]
    assert not row["met_stale"]
    assert row["floor_ns"] == -1
    assert table.stage_names == ()
    assert table.sum_per_payment("full_ns").shape == (1, 0)


def test_a_stage_twice_in_a_payment_is_summed() -> None:
    """Two lookups, 20 and 30 ms, are one stage of 50 ms that occurred twice."""
    rows = [
        *_payment(),
        _stage("make_payment", "token_lookup", 145, 150, 20),
        _stage("callback", "token_lookup", 100, 104, 30),
    ]
    table = _table(rows)
    column = table.stage_names.index("token_lookup")
    assert table.counts_per_payment()[0, column] == 2
    assert table.sum_per_payment("full_ns")[0, column] == 9 * MS


@pytest.mark.parametrize("stage", ["token_grant", "token_refresh"])
def test_who_waited_for_a_token_met_a_stale_one(stage: str) -> None:
    """A lookup alone is not a wait; a prefetch on the landing page is not the payment's."""
    rows = [
        *_payment(),
        _stage("make_payment", "token_lookup", 145, 150),
        *_payment(arrival=1),
        _stage("callback", stage, 100, 104, arrival=1),
        *_payment(arrival=2),
        _request("prefetch", 3, 3, 2000, arrival=2),
        _stage("prefetch", stage, 0, 1990, arrival=2),
    ]
    assert _table(rows).payments["met_stale"].tolist() == [False, True, False]


def _outcome(changes: dict[str, Row | None]) -> str:
    rows = []
    for row in _payment():
        change = changes.get(str(row["request"]), {})
        if change is not None:
            rows.append(row | change)
    return str(_table(rows).payments.iloc[0]["outcome"])


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "ok"),
        ({"callback": {"outcome": "not_paid"}}, "not_paid"),
        ({"make_payment": {"outcome": "http_500"}, "approve": None, "callback": None}, "http_500"),
        ({"approve": {"outcome": "timeout"}, "callback": None}, "timeout"),
        ({"callback": None}, UNFINISHED),
        ({"make_payment": None, "approve": None, "callback": None}, UNFINISHED),
        (
            {
                "land": {"outcome": "connection"},
                "make_payment": None,
                "approve": None,
                "callback": None,
            },
            "connection",
        ),
        ({"land": None, "approve": None}, "ok"),
        ({"make_payment": {"outcome": "refused"}, "callback": {"outcome": "timeout"}}, "refused"),
    ],
    ids=[
        "paid",
        "came back unpaid",
        "make-payment failed",
        "approval failed",
        "never came back",
        "landed and left",
        "could not land",
        "a target without pages",
        "the first failure names it",
    ],
)
def test_outcome_is_the_first_failure(changes: dict[str, Row | None], outcome: str) -> None:
    """What ended a payment is the first request that went wrong, in the order of the journey."""
    assert _outcome(changes) == outcome


def test_an_unfinished_payment_has_the_time_that_is_known() -> None:
    """It counts as a failure and enters no quantile, so half a time does no harm."""
    rows = [r for r in _payment() if r["request"] != "callback"]
    table = _table(rows)
    row = table.payments.iloc[0]
    assert row["callback_ns"] == 0
    assert row["total_ns"] == 160 * MS
    assert not table.measured().any()


def test_a_target_that_was_never_landed_on_arrives_with_its_payment() -> None:
    """Without a landing page, make-payment is the arrival."""
    row = _table([r for r in _payment() if r["request"] != "land"]).payments.iloc[0]
    assert row["arrived_ns"] == 1005 * MS
    assert row["started_ns"] == 1007 * MS


def test_warmup_and_failures_are_kept_but_not_measured() -> None:
    """Excluded from quantiles, not deleted."""
    rows = _payment(warmup=1) + _payment(arrival=1, outcome="timeout") + _payment(arrival=2)
    table = _table(rows)
    assert len(table.payments) == 3
    assert table.measured().tolist() == [False, False, True]


def test_variants_share_arrivals_and_nothing_else() -> None:
    """The same arrival in two variants is two payments; rows may come in any order."""
    rows = _payment() + _payment(variant="a", arrival=7) + _payment(variant="a")
    shuffled = [rows[i] for i in np.random.default_rng(1).permutation(len(rows))]
    payments = _table(shuffled).payments
    assert list(zip(payments["variant"], payments["arrival"], strict=True)) == [
        ("a", 0),
        ("a", 7),
        ("v", 0),
    ]
    assert payments["total_ns"].tolist() == [270 * MS] * 3


def test_a_request_recorded_twice_counts_once() -> None:
    """The first record of a request of a payment is the one that counts."""
    row = _table([*_payment(), _request("callback", 3170, 3170, 9000)]).payments.iloc[0]
    assert row["callback_ns"] == 110 * MS


def test_a_stage_of_an_unknown_payment_is_left_out() -> None:
    """A torn file may hold stages of a request that it does not hold."""
    table = _table([*_payment(), _stage("callback", "execute_payment", 0, 50, arrival=9)])
    assert len(table.payments) == 1
    assert len(table.stages) == 7


def test_stages_without_any_request_make_no_payment() -> None:
    """Not even one payment can be told from stages alone."""
    table = _table([_stage("callback", "execute_payment", 0, 50)])
    assert table.payments.empty
    assert table.stages.empty
    assert table.measured().shape == (0,)


def test_an_empty_sample_file_makes_an_empty_table() -> None:
    """A run that was stopped at once is no error."""
    table = _table([])
    assert table.payments.empty
    assert table.counts_per_payment().shape == (0, 0)
