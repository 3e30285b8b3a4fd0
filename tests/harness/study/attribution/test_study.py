"""Laws of an attribution from its settings to its record."""

from dataclasses import replace

import msgspec
import pytest

from harness.cli.attribute.settings import make_attribution
from harness.rundata import Measure

OPTIONS = {
    "optimizations": ("token_cache", "prefetch"),
    "base": None,
    "traffic": ("quiet",),
    "profile": "constant",
    "payments": 20,
    "seed": 1,
}


@pytest.fixture
def carry_out(make_fieldwork):
    """Return a function that asks, simulates, and returns the record."""

    def carry_out(*, jobs=1, **options):
        study = make_attribution({**OPTIONS, **options})
        return study.carry_out(make_fieldwork(jobs=jobs))

    return carry_out


def test_quiet_traffic_by_mental_arithmetic(carry_out):
    """A cache saves both lookups and both grants, unless the token has ended: then one grant is
    still waited for, which prefetch saves. By itself prefetch saves nothing."""
    record = carry_out()
    assert len(record.traffic[0].cells) == 4
    mean = record.traffic[0].measures[Measure.TIME_MEAN]
    cache, prefetch = mean.shares
    calls = record.traffic[0].cells[1].costs.gateway_calls
    ended = (calls["token_grant"] + calls["token_refresh"]) / 20
    assert 0 < ended < 1
    assert mean.before == pytest.approx(7.55)
    assert cache.alone == pytest.approx(4.4 - 2.0 * ended)
    assert prefetch.alone == 0
    assert prefetch.left_out == pytest.approx(2.0 * ended)
    assert mean.interactions[0][1] == pytest.approx(prefetch.left_out)
    assert record.audit_ok


def test_processes_do_not_change_a_number(carry_out):
    """One process or two, in whatever order: the same record but for the time it took."""
    alone = carry_out(traffic=("normal",))
    together = carry_out(traffic=("normal",), jobs=2)
    assert _without_time(alone) == _without_time(together)


def test_the_base_is_on_in_every_cell(carry_out):
    """What is in the base is nobody's saving."""
    record = carry_out(optimizations=("prefetch",), base=("token_cache",))
    mean = record.traffic[0].measures[Measure.TIME_MEAN]
    assert record.base == ("token_cache",)
    assert mean.before < 7.55 - 2
    assert [cell.optimizations for cell in record.traffic[0].cells] == [(), ("prefetch",)]


def _without_time(record):
    return msgspec.to_builtins(
        replace(record, wall_s=0.0, jobs=0, created_utc="", name="", git_commit=None)
    )
