"""Laws of `attribution.json`."""

from harness.rundata import (
    ATTRIBUTION,
    AttributionRecord,
    CellRecord,
    Costs,
    Measure,
    MeasureRecord,
    ShareRecord,
    TrafficRecord,
)


def _record(*, audit_ok=True):
    costs = Costs({"token_grant": 1}, 1, 1, 1, None, None, None, None, 3600.0)
    cell = CellRecord((), {"time_mean_s": 7.5}, costs, audit_ok, "ab")
    share = ShareRecord("token_cache", 4.0, 3.5, 4.5, 4.0, 4.0, {"token_grant": 4.0})
    measure = MeasureRecord(7.5, 3.5, (share,), ((0.0,),))
    traffic = TrafficRecord(
        *("normal", "20 payments a minute", "guide", {}, {}, 1, 1, 60.0),
        cells=(cell,),
        measures={Measure.TIME_MEAN.value: measure},
    )
    return AttributionRecord(
        schema_version=ATTRIBUTION.version,
        name="run",
        created_utc="2026-11-23T00:00:00+00:00",
        command=("bkash-bench", "attribute"),
        seed=1,
        payments=20,
        optimizations=("token_cache",),
        base=(),
        traffic=(traffic,),
        wall_s=1.0,
        jobs=2,
        versions={"python": "3.11"},
        git_commit=None,
        machine={},
    )


def test_what_is_written_is_read(tmp_path):
    """Nothing is lost on the way."""
    path = ATTRIBUTION.write(tmp_path, _record())
    assert path.name == ATTRIBUTION.name
    assert ATTRIBUTION.read(tmp_path) == _record()


def test_one_violated_cell_violates_all():
    """The audit is of the whole attribution."""
    assert _record().audit_ok
    assert not _record(audit_ok=False).audit_ok
