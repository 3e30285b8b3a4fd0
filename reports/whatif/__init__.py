"""What if: a record of sweeps in, one self-contained page and terminal tables out.

Reads `whatif.json` and nothing else. Ranks what pays, and holds conclusions against every
assumption that was moved.
"""

from reports.whatif.conclusion import Conclusion, conclusions_of, try_conclusion
from reports.whatif.page import render_whatif, write_whatif_report
from reports.whatif.payoff import Payoff, best_payoff, ranked_payoffs
from reports.whatif.terminal import whatif_lines, whatif_tables

__all__ = [
    "Conclusion",
    "Payoff",
    "best_payoff",
    "conclusions_of",
    "ranked_payoffs",
    "render_whatif",
    "try_conclusion",
    "whatif_lines",
    "whatif_tables",
    "write_whatif_report",
]
