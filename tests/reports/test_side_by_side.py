"""Several runs side by side."""

from collections.abc import Callable

from harness.rundata import Conduct
from reports import Analysis
from reports.side_by_side import compare_runs

Make = Callable[..., Analysis]


def test_same_shoppers_are_compared_by_arrival(make_run: Make) -> None:
    """A change of 10 % in one variant is found, and the others are the same."""
    variants = ("sequential", "cached", "optimized")
    before = make_run(variants=variants)
    after = make_run(variants=variants, own_seed=1, slower={"optimized": 1.1, "cached": 0.8})
    found = compare_runs([before, after])
    (verdict,) = found.verdicts
    assert verdict.startswith("Run B against run A, p50: cached improved (20.")
    assert "optimized regressed (10.0 % more" in verdict
    assert verdict.endswith("sequential same.")
    assert "the same seed, profile and load" in found.pairing
    assert found.differences is None
    group = found.times.groups[2]
    assert group.head == "optimized"
    assert [row[0].text for row in group.rows] == ["run A", "run B"]
    assert group.rows[1][6].tag == "regressed"


def test_other_seeds_are_compared_as_a_whole(make_run: Make) -> None:
    """Intervals are wider, and what differs is named."""
    variants = ("sequential", "optimized")
    found = compare_runs(
        [make_run(variants=variants), make_run(variants=variants, seed=2, rate_per_s=6.0)]
    )
    assert "inconclusive" in found.verdicts[0]
    assert "intervals are wider" in found.pairing
    assert found.differences is not None
    rows = {
        row[0].text: [cell.text for cell in row[1:]] for row in found.differences.groups[0].rows
    }
    assert rows["seed"] == ["1", "2"]
    assert rows["rate_per_s"] == ["4", "6"]


def test_some_may_pair_and_some_not(make_run: Make) -> None:
    """The page says which is which."""
    one = {"variants": ("sequential",)}
    found = compare_runs([make_run(**one), make_run(**one), make_run(**one, seed=2)])
    assert found.pairing.startswith("Some runs have the same seed")
    assert [run.label for run in found.runs] == ["A", "B", "C"]


def test_variants_that_one_run_lacks_are_dashes(make_run: Make) -> None:
    """In either direction, and nothing in common is said."""
    found = compare_runs([make_run(variants=("sequential",)), make_run(variants=("optimized",))])
    assert found.verdicts == ("Run B has no variant with payments in common with run A.",)
    rows = {group.head: group.rows for group in found.times.groups}
    assert {cell.text for cell in rows["sequential"][1][1:]} == {"–"}
    assert rows["optimized"][1][4].text == "–"
    assert any("nothing to compare with" in note for note in found.times.footnotes)
    assert found.differences is not None


def test_invalid_runs_say_so(make_run: Make) -> None:
    """Before anybody reads their figures."""
    one = {"variants": ("sequential",), "costs": False}
    found = compare_runs([make_run(**one), make_run(**one, conduct=Conduct(interrupted=True))])
    assert found.runs[0].valid
    assert not found.runs[1].valid
    assert "stopped" in found.runs[1].breaches[0]
    assert found.runs[0].cautions
    assert found.times.groups[0].rows[0][8].text == "–"


def test_runs_without_pairs_or_payments_have_no_change(make_run: Make) -> None:
    """One payment each, and not the same."""
    one = {"variants": ("sequential",), "arrivals": 2, "warmup_arrivals": 0}
    failed = {"failures": {"sequential": {"timeout": 2}}}
    found = compare_runs([make_run(**one), make_run(**one, **failed)])
    assert found.verdicts[0].endswith("in common with run A.")
    assert found.times.groups[0].rows[1][2].text == "–"


def test_many_runs_have_labels(make_run: Make) -> None:
    """After Z come numbers."""
    analysis = make_run(variants=("sequential",), arrivals=2)
    found = compare_runs([analysis] * 28)
    assert found.runs[25].label == "Z"
    assert found.runs[27].label == "run 28"
