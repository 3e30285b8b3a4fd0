"""`bkash-bench`: the group of all commands."""

import click

from harness import __version__
from harness.cli.front_door import CommandPlace, FrontDoor

__all__ = ["main"]

_PLACES = {
    "compare": CommandPlace(
        "harness.cli.compare.command",
        "compare_command",
        "Run the variants side by side against the mock and write the report.",
    ),
    "attribute": CommandPlace(
        "harness.cli.attribute.command",
        "attribute_command",
        "Share the seconds saved out among the optimizations.",
    ),
    "gate": CommandPlace(
        "harness.cli.gate.command",
        "gate_command",
        "Hold a run against limits and a baseline.",
    ),
    "baseline": CommandPlace(
        "harness.cli.gate.baseline",
        "baseline_command",
        "Write a run's figures as a baseline file.",
    ),
    "report": CommandPlace(
        "harness.cli.report",
        "report_command",
        "Rebuild the report of a run, or put several runs side by side.",
    ),
    "probe": CommandPlace(
        "harness.cli.probe.command",
        "probe_command",
        "Show where the seconds of your own shop's payments go.",
    ),
    "serve": CommandPlace(
        "harness.cli.serve",
        "serve_command",
        "Run one variant of the checkout service alone.",
    ),
    "token-day": CommandPlace(
        "harness.cli.token_day.command",
        "token_day_command",
        "Find the safe way to keep the token fresh over a day.",
    ),
    "whatif": CommandPlace(
        "harness.cli.whatif.command",
        "whatif_command",
        "Find the stage or setting that pays most, and what stands whatever is assumed.",
    ),
    "crosscheck": CommandPlace(
        "harness.cli.crosscheck.command",
        "crosscheck_command",
        "Run one scenario on both clocks and hold them against each other.",
    ),
    "profile": CommandPlace(
        "harness.cli.profile.command",
        "profile_command",
        "Show a latency profile, or fit your own to production timings.",
    ),
    "variants": CommandPlace(
        "harness.cli.variants",
        "variants_command",
        "Print the variants and their optimizations.",
    ),
}

_EPILOG = """\b
Examples:
  bkash-bench compare                          the whole comparison, under two minutes
  bkash-bench compare --time-scale 0.1         a quick look
  bkash-bench compare --variants sequential,optimized --profile flaky
  bkash-bench compare --target shop=http://127.0.0.1:3000,shop.toml --mock-port 8700
  bkash-bench report runs/before runs/after    two runs side by side
  bkash-bench serve --variant optimized --gateway http://127.0.0.1:8700/v1.2.0-beta

Exit status: 0 all well, 2 usage, 10 limit exceeded, 11 regression against the baseline,
12 the run is invalid, 13 the ledger audit found a violation, 130 stopped by Ctrl-C.
"""


@click.group(
    name="bkash-bench",
    cls=FrontDoor,
    places=_PLACES,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="bkash-bench")
def main() -> None:
    """Show where the seconds of a bKash checkout go, and what each optimization changes."""
