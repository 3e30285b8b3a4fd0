"""Laws of `attribution.json`."""

import pytest

from harness.errors import RunDataError
from harness.rundata import (
    ATTRIBUTION_FILE,
    ATTRIBUTION_SCHEMA,
    AttributionRecord,
    CellRecord,
    Costs,
    Measure,
    MeasureRecord,
    ShareRecord,
    TrafficRecord,
    read_attribution,
    write_attribution,
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
        *(ATTRIBUTION_SCHEMA, "run", "2026-11-23T00:00:00+00:00", ("bkash-bench", "attribute")),
        *(1, 20, ("token_cache",), (), (traffic,), 1.0, 2, {"python": "3.11"}, None, {}),
    )


def test_what_is_written_is_read(tmp_path):
    """Nothing is lost on the way."""
    path = write_attribution(tmp_path, _record())
    assert path.name == ATTRIBUTION_FILE
    assert read_attribution(tmp_path) == _record()


def test_one_violated_cell_violates_all():
    """The audit is of the whole attribution."""
    assert _record().audit_ok
    assert not _record(audit_ok=False).audit_ok


def test_another_version_is_refused(tmp_path):
    """Numbers that changed their meaning are not mixed."""
    (tmp_path / ATTRIBUTION_FILE).write_text('{"schema_version": 99}')
    with pytest.raises(RunDataError, match="schema version 99"):
        read_attribution(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema_version": 1}'])
def test_what_cannot_be_read_is_told(tmp_path, content):
    """Truncated, malformed, or something else."""
    (tmp_path / ATTRIBUTION_FILE).write_text(content)
    with pytest.raises(RunDataError, match="truncated or malformed"):
        read_attribution(tmp_path)


def test_a_folder_without_one_is_told(tmp_path):
    """The message names the folder."""
    with pytest.raises(RunDataError, match=str(tmp_path)):
        read_attribution(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path):
    """What cannot be opened is an error in one line."""
    (tmp_path / ATTRIBUTION_FILE).mkdir()
    with pytest.raises(RunDataError, match="cannot read"):
        read_attribution(tmp_path)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    """The folder is gone."""
    with pytest.raises(RunDataError, match="cannot write"):
        write_attribution(tmp_path / "gone", _record())
