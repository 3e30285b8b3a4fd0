"""A run for the terminal."""

import io
from collections.abc import Callable

from rich.console import Console

from harness.rundata import Conduct
from reports import Analysis, analyse, terminal_table, terminal_verdict, terminal_warnings

Make = Callable[..., Analysis]


def _print(analysis: Analysis, width: int = 80) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, no_color=True).print(terminal_table(analysis))
    return out.getvalue().splitlines()


def test_the_table_fits_a_terminal_of_80_columns(seven: Analysis) -> None:
    """Nothing is cut, nothing wraps."""
    lines = _print(seven)
    assert len(lines) == 8
    assert not any("…" in line for line in lines)
    assert lines[0].split() == [
        "variant", "p50", "s", "change", "p95", "s", "max", "s", "n", "tokens", "errors", "audit",
    ]  # fmt: skip
    assert lines[1].split() == [
        "sequential", "7.67", "baseline", "8.94", "15.5", "260", "560", "0", "ok",
    ]  # fmt: skip


def test_the_verdict_is_a_sentence(seven: Analysis, make_run: Make) -> None:
    """From before to after, with interval and condition."""
    verdict = terminal_verdict(seven)
    assert verdict.startswith("sequential 7.67 s → optimized 2.74 s. 64.3 % less")
    alone = terminal_verdict(make_run(variants=("optimized",)))
    assert alone.startswith("optimized 2.74 s.")


def test_nothing_measured_is_said(make_run: Make) -> None:
    """In the table too."""
    nothing = make_run(variants=("sequential", "stored"), empty=frozenset({"sequential", "stored"}))
    assert terminal_verdict(nothing).startswith("Nothing was measured")
    assert "–" in _print(nothing)[1]


def test_errors_and_audits_show_in_their_column(make_run: Make) -> None:
    """What is wrong stands in the row that it is wrong in."""
    analysis = make_run(variants=("sequential", "stored"), failures={"stored": {"timeout": 4}})
    analysis.folder.write_ledger({"stored": {"ok": False, "payments": 1, "violations": []}})
    again = analyse(analysis.folder)
    lines = _print(again)
    assert lines[1].split()[-2:] == ["0", "none"]
    assert lines[2].split()[-2:] == ["4", "violated"]


def test_warnings_come_with_whether_they_invalidate(make_run: Make) -> None:
    """Those that do come first."""
    analysis = make_run(variants=("sequential",), costs=False, conduct=Conduct(interrupted=True))
    warnings = terminal_warnings(analysis)
    assert warnings[0][0] is True
    assert warnings[-1][0] is False
