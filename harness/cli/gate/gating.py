"""The course of a gate: opened before a run, asked after it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.compare.publication import judge as judge_run
from harness.cli.exit_status import ExitStatus
from harness.cli.gate.options import GateWish
from harness.errors import ConfigurationError
from harness.gate import (
    Baseline,
    Conclusion,
    Gate,
    Judgement,
    Outcome,
    VariantFigures,
    add_intervals,
    judge,
    junit_xml,
    markdown_summary,
    open_gate,
    parse_limit,
    read_baseline,
    read_figures,
    read_limits,
    write_baseline,
)
from harness.rundata import Manifest, RunFolder

if TYPE_CHECKING:
    from reports import Analysis

__all__ = ["conclude", "open_for", "save_baseline", "take_baseline"]

_STATUS = {
    Conclusion.PASSED: ExitStatus.OK,
    Conclusion.UNUSABLE: ExitStatus.USAGE,
    Conclusion.EXCEEDED: ExitStatus.LIMIT_EXCEEDED,
    Conclusion.REGRESSED: ExitStatus.REGRESSED,
    Conclusion.INVALID: ExitStatus.INVALID_RUN,
    Conclusion.WRONG: ExitStatus.AUDIT_VIOLATED,
}

_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""Names the file to which every command of a job's step may add."""


def open_for(wish: GateWish, plan: Manifest) -> Gate | None:
    """Return the gate that was asked for; None if none was.

    Raises:
        ConfigurationError: a limit, the baseline or an output cannot be used.
        RunDataError: the baseline is a run folder that cannot be read.
    """
    outputs = (
        ("--save-baseline", wish.save_baseline),
        ("--junit", wish.junit),
        ("--markdown", wish.markdown),
    )
    for option, path in outputs:
        if path is not None:
            _require_place(option, path)
    if not wish.wants_judgement:
        return None
    limits = [
        limit
        for text in wish.limits
        for limit in parse_limit(text, clock=plan.clock, origin="--limit")
    ]
    if wish.limits_file is not None:
        limits += read_limits(wish.limits_file, clock=plan.clock)
    baseline = None if wish.baseline is None else _find_baseline(wish.baseline)
    return open_gate(limits, baseline, plan=plan)


def conclude(
    gate: Gate | None, wish: GateWish, analysis: "Analysis", *, as_json: bool = False
) -> ExitStatus:
    """Judge a finished run, tell and write what was asked for, and return the exit status.

    Args:
        gate: None: only the run's own validity and audit count.
        wish: what was asked for.
        analysis: of the run.
        as_json: whether standard output belongs to the summary.

    Raises:
        ConfigurationError: an output cannot be written.
    """
    status = judge_run([analysis])
    if gate is not None:
        figures = _figures(analysis)
        judgement = judge(gate, figures, warnings=analysis.warnings)
        status = _STATUS[judgement.conclusion]
        _write(wish, judgement, analysis.manifest)
        _tell(judgement, to_stderr=as_json)
    if wish.save_baseline is not None:
        save_baseline(analysis, wish.save_baseline, believed=status, to_stderr=as_json)
    return status


def take_baseline(analysis: "Analysis", *, origin: str = "") -> Baseline:
    """Return the baseline that a run makes."""
    return Baseline.of_run(analysis.manifest, _figures(analysis), origin=origin)


def save_baseline(
    analysis: "Analysis", path: Path, *, believed: ExitStatus, to_stderr: bool = False
) -> None:
    """Write a run's figures as a baseline, unless they must not be believed; say which.

    Raises:
        ConfigurationError: the file cannot be written.
    """
    if believed in {ExitStatus.INVALID_RUN, ExitStatus.AUDIT_VIOLATED}:
        why = "invalid" if believed is ExitStatus.INVALID_RUN else "wrong about money"
        click.echo(f"No baseline was written to {path}: the run is {why}", err=True)
        return
    write_baseline(take_baseline(analysis), path)
    click.echo(f"Baseline: {path}", err=to_stderr)


def _find_baseline(path: Path) -> Baseline:
    if not path.is_dir():
        return read_baseline(path)
    # pandas takes a second to import, which a baseline file does not need.
    from reports import analyse

    analysis = analyse(RunFolder(path))
    status = judge_run([analysis])
    if status is not ExitStatus.OK:
        raise ConfigurationError(
            f"baseline {path} is no measure: the run is invalid or its audit failed; see"
            f" bkash-bench report {path}"
        )
    return take_baseline(analysis, origin=str(path))


def _figures(analysis: "Analysis") -> dict[str, VariantFigures]:
    figures = read_figures(analysis.summary)
    if analysis.manifest.clock == "virtual":
        return figures
    return add_intervals(figures, analysis.table, seed=analysis.manifest.configuration.seed)


def _write(wish: GateWish, judgement: Judgement, manifest: Manifest) -> None:
    if wish.junit is not None:
        _write_file("--junit", wish.junit, junit_xml(judgement, manifest))
    if wish.markdown is not None:
        text = markdown_summary(judgement, manifest).encode()
        _write_file("--markdown", wish.markdown, text)


def _write_file(option: str, path: Path, content: bytes) -> None:
    shared = os.environ.get(_STEP_SUMMARY)
    mode = "ab" if shared and Path(shared) == path else "wb"
    try:
        with path.open(mode) as file:
            file.write(content)
    except OSError as error:
        raise ConfigurationError(f"{option}: cannot write {path}: {error.strerror}") from error


def _tell(judgement: Judgement, *, to_stderr: bool) -> None:
    failed = judgement.having(Outcome.REGRESSED, Outcome.EXCEEDED)
    click.echo(
        f"Gate: {judgement.conclusion} ({len(failed)} of {len(judgement.checks)} checks failed)",
        err=to_stderr,
    )
    for sentence in (*judgement.violations, *judgement.invalid, *judgement.notes):
        click.echo(f"  {sentence}", err=to_stderr)
    for check in failed:
        click.echo(f"  {check.outcome.upper()}: {check.sentence}", err=to_stderr)
    for sentence in judgement.objections:
        click.echo(f"Error: {sentence}", file=sys.stderr)


def _require_place(option: str, path: Path) -> None:
    """Find out before a run, not after it, that its result has no place."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise ConfigurationError(f"{option}: {path} is no place for a file; name one in a folder")
