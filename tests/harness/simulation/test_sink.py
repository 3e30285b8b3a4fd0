"""Laws of the sample sink and its digest."""

import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from harness.errors import RunDataError
from harness.rundata import Sample, SampleFile
from harness.simulation import DigestSink

SAMPLE = Sample(
    variant="cached",
    arrival=3,
    request="callback",
    stage="execute_payment",
    intended_ns=0,
    start_ns=100,
    end_ns=250,
    modelled_ns=None,
    outcome="ok",
    status=0,
    warmup=False,
    payment_id="TR1",
    error='said "no", twice',
)


def fill(sink, count: int = 600) -> None:
    for arrival in range(count):
        sink.append(replace(SAMPLE, arrival=arrival))


def test_the_file_is_what_a_real_run_would_have_written(tmp_path: Path):
    """One format: whoever reads run folders reads these."""
    sink, real = DigestSink(tmp_path / "virtual.csv"), SampleFile(tmp_path / "real.csv")
    fill(sink)
    fill(real)
    sink.close()
    real.close()
    assert (tmp_path / "virtual.csv").read_bytes() == (tmp_path / "real.csv").read_bytes()
    assert sink.samples == 600


def test_the_digest_is_the_files(tmp_path: Path):
    """Anybody can check it with sha256sum; without a file it is the same."""
    written, dropped = DigestSink(tmp_path / "samples.csv"), DigestSink()
    fill(written)
    fill(dropped)
    written.close()
    expected = hashlib.sha256((tmp_path / "samples.csv").read_bytes()).hexdigest()
    assert written.digest() == dropped.digest() == expected


@pytest.mark.parametrize(
    "change",
    [
        {"end_ns": 251},
        {"modelled_ns": 0},
        {"warmup": True},
        {"outcome": "refused"},
        {"payment_id": "TR2"},
        {"error": ""},
        {"variant": "stored"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_field_of_every_sample_changes_the_digest(change):
    """A difference of a nanosecond anywhere is seen."""
    one, other = DigestSink(), DigestSink()
    fill(one, 3)
    fill(other, 2)
    other.append(replace(SAMPLE, arrival=2, **change))
    assert one.digest() != other.digest()


def test_every_sample_is_shown_to_the_reader():
    """Who wants only some of it needs no file."""
    seen: list[Sample] = []
    sink = DigestSink(reader=seen)
    fill(sink, 5)
    assert [sample.arrival for sample in seen] == [0, 1, 2, 3, 4]


def test_a_file_that_exists_or_cannot_be_written_stops_the_run(tmp_path: Path):
    """Two recorders never share a file, and samples that are not kept are not measured."""
    (tmp_path / "taken.csv").touch()
    with pytest.raises(RunDataError, match="cannot create sample file"):
        DigestSink(tmp_path / "taken.csv")
    full = DigestSink(tmp_path / "full.csv")
    assert full._file is not None
    full._file.close()
    with Path("/dev/full").open("wb", buffering=0) as device:
        full._file = device
        with pytest.raises(RunDataError, match="cannot write sample file"):
            fill(full)


def test_closing_twice_is_harmless(tmp_path: Path):
    """Whoever is unsure may close again."""
    sink = DigestSink(tmp_path / "samples.csv")
    fill(sink, 3)
    sink.flush()
    sink.close()
    digest = sink.digest()
    sink.close()
    content = (tmp_path / "samples.csv").read_bytes()
    assert digest == sink.digest() == hashlib.sha256(content).hexdigest()
