"""A comparison from its options to its report: the course of `bkash-bench compare`."""

import sys
from pathlib import Path
from typing import Any

from harness.cli.compare.preparation import prepare
from harness.cli.compare.publication import print_json, publish, tell
from harness.cli.compare.settings import (
    DURATION_S,
    TOKEN_LIFETIME_S,
    CompareSettings,
    default_rate_per_s,
)
from harness.cli.compare.speed import tell_speed
from harness.cli.compare.virtual_comparison import VirtualExperiment, carry_out, prepare_virtual
from harness.cli.compare.virtual_options import take_virtual_wish
from harness.cli.display import choose_display
from harness.cli.exit_status import ExitStatus
from harness.cli.gate.gating import conclude, open_for
from harness.cli.gate.options import split_baselines, take_gate_wish
from harness.cli.run_path import default_run_path
from harness.cli.screen import open_in_browser, say
from harness.clock import utc_now
from harness.lab import Experiment, Interrupted, conduct, run_interruptible
from harness.merchant import BUILTIN, load_variants
from harness.progress import Observer
from harness.rundata import RunFolder

__all__ = ["EXACT", "compare", "make_settings"]

EXACT = (
    "The exact answer, without this machine's noise, in seconds:"
    " bkash-bench compare --clock virtual --payments 1000"
)
"""Said after a run on the real clock."""


def make_settings(options: dict[str, Any]) -> CompareSettings:
    """Fill in what the user left open.

    Args:
        options: value by parameter name of the command.

    Raises:
        ConfigurationError: the variants file cannot be used, or baselines cannot be told apart.
    """
    file: Path | None = options["variants_file"]
    own = {} if file is None else load_variants(file)
    variants = options["variants"] or (*BUILTIN, *own)
    targets = tuple(text.partition("=")[0] for text in options["targets"])
    baseline, past = split_baselines(options["baseline"], variants=(*variants, *targets))
    return CompareSettings(
        variants=variants,
        variants_file=None if file is None else file.resolve(),
        targets=options["targets"],
        target_keys=options["target_keys"],
        allow_remote=options["allow_remote"],
        profile=options["profile"],
        time_scale=options["time_scale"],
        rate_per_s=options["rate"] or default_rate_per_s(options["time_scale"]),
        duration_s=options["duration"] or DURATION_S,
        seed=options["seed"],
        token_lifetime_s=options["token_lifetime"] or TOKEN_LIFETIME_S,
        mock_port=options["mock_port"],
        baseline=baseline,
        out=options["out"] or default_run_path(utc_now(), name="compare"),
        command=("bkash-bench", *sys.argv[1:]),
        gate=take_gate_wish(options, baseline=past),
        virtual=take_virtual_wish(options),
    )


def compare(
    settings: CompareSettings, *, as_json: bool, quiet: bool, open_report: bool
) -> ExitStatus:
    """Run the comparison, publish it, and return the exit status that it deserves.

    Raises:
        ConfigurationError: something cannot be used; nothing was written.
        InvalidRunError: the run broke off; what was recorded is kept.
        Interrupted: somebody stopped it; likewise.
    """
    experiment = prepare(settings) if settings.virtual is None else prepare_virtual(settings)
    gate = open_for(settings.gate, experiment.manifest)
    with choose_display(quiet=quiet) as display:
        folder = _run(experiment, display)
        analysis = publish(folder)
    if as_json:
        print_json(analysis)
    else:
        tell(analysis, report=folder.report_path)
        say(EXACT if settings.virtual is None else tell_speed(folder))
    if open_report:
        open_in_browser(folder.report_path)
    return conclude(gate, settings.gate, analysis, as_json=as_json)


def _run(experiment: Experiment | VirtualExperiment, observer: Observer) -> RunFolder:
    if isinstance(experiment, VirtualExperiment):
        return carry_out(experiment, observer)
    try:
        return run_interruptible(conduct(experiment, observer=observer))
    except Interrupted as error:
        kept = experiment.folder.is_dir() and any(experiment.folder.iterdir())
        epilogue = f"; what was recorded is kept in {experiment.folder}" if kept else ""
        raise Interrupted(error.signal_number, epilogue=epilogue) from error
