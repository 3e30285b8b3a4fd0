"""The recorder: exchanges become rows."""

import csv
from pathlib import Path

import pytest

from harness.clock import NS_PER_S
from harness.errors import RunDataError
from harness.load import Answer, Exchange, Outcome, Reading, Recorder, Request, Visit, stages_of
from harness.rundata import RequestName, SampleFile, read_samples

VISIT = Visit(variant="cached", arrival=3, warmup=True)
TIMING = "create_payment;dur=105.231;start=31.004;model=104.5, cache;desc=hit, db;dur=2"
ORIGIN_NS = 1_000


def exchange(answer: Answer, reading: Reading, *, start_ns: int = 5_000) -> Exchange:
    request = Request(
        name=RequestName.MAKE_PAYMENT,
        method="POST",
        url="http://127.0.0.1/",
        headers={},
        body=None,
        think_s=0,
        background=False,
        payment_id="",
        read=lambda _: reading,
    )
    return Exchange.of(
        request, answer, intended_ns=start_ns - 1_000, start_ns=start_ns, end_ns=start_ns + 500
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_exchange_is_a_row_and_one_more_per_stage(tmp_path: Path) -> None:
    """The request row has its three instants from the run's start; a stage has the server's."""
    path = tmp_path / "samples-1.csv"
    recorder = Recorder(SampleFile(path), origin_ns=ORIGIN_NS)
    good = Reading(Outcome.OK, payment_id="TR1")
    recorder.record(VISIT, exchange(Answer(200, {"server-timing": TIMING}), good))
    recorder.close()
    request, create, database = rows(path)
    assert [request[c] for c in ("stage", "intended_ns", "start_ns", "end_ns", "status")] == [
        "",
        "3000",
        "4000",
        "4500",
        "200",
    ]
    assert (create["stage"], create["start_ns"], create["end_ns"], create["modelled_ns"]) == (
        "create_payment",
        "31004000",
        "136235000",
        "104500000",
    )
    assert (database["stage"], database["start_ns"], database["modelled_ns"]) == (
        "db",
        "136235000",
        "",
    )
    for row in (request, create, database):
        assert (row["variant"], row["arrival"], row["request"], row["warmup"]) == (
            "cached",
            "3",
            "make_payment",
            "1",
        )
        assert (row["outcome"], row["payment_id"]) == ("ok", "TR1")


def test_failed_exchange_is_a_row_like_any_other(tmp_path: Path) -> None:
    """Nothing is dropped: a timeout has status 0, its outcome and its sentence."""
    path = tmp_path / "samples-1.csv"
    recorder = Recorder(SampleFile(path), origin_ns=ORIGIN_NS)
    answer = Answer(failure=Outcome.TIMEOUT, error="late")
    recorder.record(VISIT, exchange(answer, Reading(Outcome.TIMEOUT, "late")))
    recorder.close()
    (row,) = rows(path)
    assert (row["outcome"], row["status"], row["error"]) == ("timeout", "0", "late")


def test_recorder_flushes_once_a_second(tmp_path: Path) -> None:
    """A killed process loses at most a second: the row that follows it brings all to the disk."""
    path = tmp_path / "samples-1.csv"
    recorder = Recorder(SampleFile(path), origin_ns=0)
    recorder.record(VISIT, exchange(Answer(200), Reading(Outcome.OK)))
    assert rows(path) == []
    recorder.flush_if_due(NS_PER_S - 1)
    assert rows(path) == []
    recorder.flush_if_due(NS_PER_S)
    assert len(rows(path)) == 1
    recorder.record(VISIT, exchange(Answer(200), Reading(Outcome.OK), start_ns=2 * NS_PER_S))
    assert len(rows(path)) == 2
    recorder.close()
    recorder.close()


def test_failing_recorder_raises() -> None:
    """A full disk is an error of the run, not of one row."""
    # /dev/full accepts an open and refuses every write.
    file = SampleFile.__new__(SampleFile)
    file.path = Path("/dev/full")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        file._file, file._writer = full, csv.writer(full)
        recorder = Recorder(file, origin_ns=0)
        with pytest.raises(RunDataError, match="No space left"):
            recorder.record(
                VISIT, exchange(Answer(200), Reading(Outcome.OK), start_ns=2 * NS_PER_S)
            )
        with pytest.raises(OSError, match="No space left"):
            full.close()


def test_rows_are_what_reports_read(tmp_path: Path) -> None:
    """The table of the reports has every row, typed."""
    path = tmp_path / "samples-1.csv"
    recorder = Recorder(SampleFile(path), origin_ns=0)
    recorder.record(VISIT, exchange(Answer(200, {"server-timing": TIMING}), Reading(Outcome.OK)))
    recorder.close()
    table, warnings = read_samples([path])
    assert warnings == []
    assert list(table["stage"]) == ["", "create_payment", "db"]
    assert table["warmup"].all()


def test_answer_without_the_header_has_no_stages() -> None:
    """A backend that does not measure itself is measured from outside."""
    assert stages_of(exchange(Answer(200), Reading(Outcome.OK))) == []
