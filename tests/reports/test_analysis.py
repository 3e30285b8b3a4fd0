"""A run worked out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import RunDataError
from harness.rundata import Conduct, RunFolder
from harness.stats import WarningKind
from reports import Analysis, analyse

Make = Callable[..., Analysis]


def _kinds(analysis: Analysis) -> set[WarningKind]:
    return {warning.kind for warning in analysis.warnings}


def test_seven_variants_come_out_as_the_guide_tells_it(seven: Analysis) -> None:
    """7-8 s before, 2-3 s after, each step no slower than the one before."""
    medians = [variant.summary.payment_time_s.p50 or 0.0 for variant in seven.variants]
    assert 7 < medians[0] < 8
    assert 2 < medians[5] < 3
    assert medians == sorted(medians, reverse=True)
    assert seven.valid
    assert seven.audit_ok


def test_same_folder_gives_the_same_figures(seven: Analysis) -> None:
    """Intervals rest on the run's seed, not on luck."""
    again = analyse(seven.folder)
    assert again.summary == seven.summary
    assert again.variants[3].comparison == seven.variants[3].comparison
    assert again.variants[3].intervals == seven.variants[3].intervals


def test_time_scale_changes_wall_time_and_no_figure(make_run: Make) -> None:
    """A tenth of the waits, the same payment times up to our own milliseconds."""
    full, quick = make_run(), make_run(time_scale=0.1)
    for whole, part in zip(full.variants, quick.variants, strict=True):
        slow, fast = whole.summary.payment_time_s.p50, part.summary.payment_time_s.p50
        assert fast == pytest.approx(slow, abs=0.01)
    assert quick.valid


def test_a_variant_without_payments_is_kept(make_run: Make) -> None:
    """It is shown as what it is: nothing measured."""
    analysis = make_run(empty=frozenset({"cached"}))
    cached = analysis.find("cached")
    assert cached is not None
    assert cached.times_s.size == 0
    assert cached.comparison is None
    assert WarningKind.NO_PAYMENTS in _kinds(analysis)
    assert not analysis.valid


def test_without_a_baseline_nothing_is_compared(make_run: Make) -> None:
    """And the report says why."""
    analysis = make_run(empty=frozenset({"sequential"}))
    assert analysis.baseline is None
    assert all(variant.comparison is None for variant in analysis.variants)
    assert WarningKind.BASELINE_MISSING in _kinds(analysis)


def test_a_variant_alone_misses_no_baseline(make_run: Make) -> None:
    """One variant has nobody to be compared with, which is no fault."""
    analysis = make_run(variants=("optimized",))
    assert analysis.baseline is None
    assert analysis.warnings == ()


def test_a_violated_audit_is_not_an_invalid_run(make_run: Make, synthetic: object) -> None:
    """Times may be right where money is wrong; both are said."""
    analysis = make_run(variants=("sequential", "stored"))
    ledger = analysis.folder.read_ledger()
    ledger["stored"] |= {"ok": False, "violations": [{"invariant": "a", "message": "twice"}]}
    analysis.folder.write_ledger(ledger)
    again = analyse(analysis.folder)
    assert again.audit_ok is False
    assert again.valid
    (violated,) = (w for w in again.warnings if w.kind is WarningKind.AUDIT_VIOLATED)
    assert "1 violation in 280 payments" in violated.sentence
    ledger["stored"]["violations"] *= 2
    analysis.folder.write_ledger(ledger)
    assert "2 violations" in analyse(analysis.folder).warnings[0].sentence


def test_a_crashed_run_is_worked_out_as_far_as_it_goes(make_run: Make) -> None:
    """Without costs, ledger and conduct, there are still payments."""
    analysis = make_run(costs=False, ledger=False, conduct=None)
    assert analysis.audit_ok is None
    assert analysis.variants[0].tokens is None
    assert analysis.variants[0].summary.token_grants == 560
    assert {WarningKind.NO_COSTS, WarningKind.NO_AUDIT} <= _kinds(analysis)


def test_what_the_manifest_and_the_conductor_noted_is_passed_on(make_run: Make) -> None:
    """Notes come with the warnings, breaches before them."""
    analysis = make_run(conduct=Conduct(interrupted=True, notes=("Stopped by hand.",)))
    assert analysis.warnings[0].kind is WarningKind.INTERRUPTED
    assert "Stopped by hand." in [warning.sentence for warning in analysis.warnings]


def test_a_folder_without_samples_is_refused(make_run: Make) -> None:
    """With its reason, not with a traceback of pandas."""
    folder = make_run(variants=("sequential",), arrivals=2).folder
    for path in folder.sample_paths():
        path.unlink()
    with pytest.raises(RunDataError, match="no sample file"):
        analyse(RunFolder(Path(folder.path)))
