"""Laws of an attribution from its settings to its record."""

from dataclasses import replace

import msgspec
import pytest

from harness.cli.attribute.settings import make_attribute_settings
from harness.cli.attribute.study import prepare_study
from harness.errors import ConfigurationError
from harness.rundata import Measure

OPTIONS = {
    "optimizations": ("token_cache", "prefetch"),
    "base": None,
    "traffic": ("quiet",),
    "profile": "constant",
    "payments": 20,
    "seed": 1,
    "jobs": 1,
    "out": None,
}


def _record(**options):
    study = prepare_study(make_attribute_settings({**OPTIONS, **options}))
    return study, study.carry_out(lambda share: None)


def test_quiet_traffic_by_mental_arithmetic():
    """A cache saves both lookups and both grants, unless the token has ended: then one grant is
    still waited for, which prefetch saves. By itself prefetch saves nothing."""
    study, record = _record()
    assert study.cells == 4
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


def test_processes_do_not_change_a_number():
    """One process or two, in whatever order: the same record but for the time it took."""
    _, alone = _record(traffic=("normal",))
    _, together = _record(traffic=("normal",), jobs=2)
    assert _without_time(alone) == _without_time(together)


def test_the_base_is_on_in_every_cell():
    """What is in the base is nobody's saving."""
    _, record = _record(optimizations=("prefetch",), base=("token_cache",))
    mean = record.traffic[0].measures[Measure.TIME_MEAN]
    assert record.base == ("token_cache",)
    assert mean.before < 7.55 - 2
    assert [cell.optimizations for cell in record.traffic[0].cells] == [(), ("prefetch",)]


def test_progress_ends_with_all():
    """The share done reaches 1."""
    shares = []
    study = prepare_study(make_attribute_settings({**OPTIONS, "optimizations": ("prefetch",)}))
    study.carry_out(shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_what_cannot_be_simulated_is_refused_before_anything_runs():
    """An unknown profile is the user's to mend."""
    with pytest.raises(ConfigurationError, match="nosuch"):
        prepare_study(make_attribute_settings({**OPTIONS, "profile": "nosuch"}))


def _without_time(record):
    return msgspec.to_builtins(
        replace(record, wall_s=0.0, jobs=0, created_utc="", name="", git_commit=None)
    )
