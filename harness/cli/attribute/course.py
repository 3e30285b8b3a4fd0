"""An attribution from its options to its report: the course of `bkash-bench attribute`."""

from pathlib import Path

from harness.cli.attribute.publication import REPORT, announce
from harness.cli.attribute.settings import AttributeSettings
from harness.cli.attribute.study import prepare_study
from harness.cli.display import choose_display
from harness.cli.exit_status import ExitStatus
from harness.cli.run_path import require_free_place
from harness.clock import NS_PER_S, monotonic_ns
from harness.errors import ConfigurationError
from harness.lab import Observer, Phase, Step
from harness.rundata import AttributionRecord, write_attribution

__all__ = ["attribute"]

_SIMULATING_SHARE = 0.97
"""Share of the bar that simulating takes; the rest is the arithmetic's and the report's."""

_FIRST_WORD = 0.01
"""Share of the work from which its pace is known well enough to say how long the rest takes."""


def attribute(
    settings: AttributeSettings, *, as_json: bool, quiet: bool, open_report: bool
) -> ExitStatus:
    """Carry out an attribution, publish it, and return the exit status that it deserves.

    Raises:
        ConfigurationError: something cannot be used; nothing was simulated or written.
        HarnessError: a cell could not be simulated; nothing was written.
    """
    study = prepare_study(settings)
    require_free_place(settings.out)
    with choose_display(quiet=quiet) as display:
        record = study.carry_out(_Watch(display).see)
        display.step(Step(Phase.REPORTING, done=_SIMULATING_SHARE, left_s=0.0))
        report = _publish(record, settings.out)
    return announce(record, report, as_json=as_json, open_report=open_report)


class _Watch:
    """Show how far the simulations are, and how long the rest will take at their pace."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._began_ns = monotonic_ns()

    def see(self, share: float) -> None:
        """Take in the share done."""
        if share < _FIRST_WORD:
            return
        passed_s = (monotonic_ns() - self._began_ns) / NS_PER_S
        left_s = passed_s / share * (1 - share)
        self._observer.step(Step(Phase.SIMULATING, done=share * _SIMULATING_SHARE, left_s=left_s))


def _publish(record: AttributionRecord, folder: Path) -> Path:
    # Here and not above: matplotlib takes a second to import, in which cells can run already.
    from reports.attribution import write_attribution_report

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"cannot make run folder {folder}: {error.strerror}; name another with --out"
        ) from error
    write_attribution(folder, record)
    return write_attribution_report(record, folder / REPORT)
