"""Laws of an attribution on the terminal."""

from rich.console import Console

from harness.study.attribution.traffic import KINDS
from reports.attribution import attribution_lines, attribution_table, attribution_verdict


def test_table_fits_into_eighty_columns(make_record):
    """All kinds of traffic, nothing cut off."""
    console = Console(width=80, record=True, file=None, quiet=False, force_terminal=False)
    with console.capture() as captured:
        console.print(attribution_table(make_record(kinds=tuple(KINDS))))
    lines = captured.get().splitlines()
    assert all(len(line.rstrip()) <= 80 for line in lines)
    assert "…" not in captured.get()
    assert lines[0].split() == ["saved,", "s", "guide", *KINDS]
    assert lines[-1].startswith("mean after")


def test_verdict_tells_both_ends_and_whose_doing_it_is(six):
    """Before, after, and the sentence of the page."""
    verdict = attribution_verdict(six)
    assert verdict.startswith("with none of the 6: 7.18 s → with all 6: 2.28 s. token_cache saves")


def test_each_optimization_has_its_line(six):
    """In order, with its verdict."""
    lines = attribution_lines(six)
    assert [line.split(":")[0] for line in lines] == [*six.optimizations]
