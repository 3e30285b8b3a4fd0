"""Baselines, limits, judgement, and what CI reads of it.

A gate is opened before a run with limits, perhaps a baseline, and the plan; afterwards it judges
the run's figures. It knows no command line, no process and no clock, and reads and writes nothing
but limits and baselines. See `docs/gate.md`.
"""

from harness.gate.amount import Amount, Unit, parse_amount
from harness.gate.baseline import Baseline, read_baseline, write_baseline
from harness.gate.check import Check, Outcome
from harness.gate.figures import Times, VariantFigures, add_intervals, read_figures
from harness.gate.gate import Gate, open_gate
from harness.gate.grammar import parse_limit
from harness.gate.identity import Identity, identify
from harness.gate.judgement import Conclusion, Judgement, judge
from harness.gate.junit import junit_xml
from harness.gate.limit import Ceiling, Growth, Limit
from harness.gate.limit_file import read_limits
from harness.gate.markdown import markdown_summary
from harness.gate.ready import READY

__all__ = [
    "READY",
    "Amount",
    "Baseline",
    "Ceiling",
    "Check",
    "Conclusion",
    "Gate",
    "Growth",
    "Identity",
    "Judgement",
    "Limit",
    "Outcome",
    "Times",
    "Unit",
    "VariantFigures",
    "add_intervals",
    "identify",
    "judge",
    "junit_xml",
    "markdown_summary",
    "open_gate",
    "parse_amount",
    "parse_limit",
    "read_baseline",
    "read_figures",
    "read_limits",
    "write_baseline",
]
