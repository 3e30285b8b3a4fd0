"""Who saves what: an attribution's record in, one self-contained page and a terminal table out.

Reads `attribution.json` and nothing else; knows neither what simulated it nor how shares are found.
"""

from reports.attribution.page import render_attribution, write_attribution_report
from reports.attribution.terminal import (
    attribution_lines,
    attribution_table,
    attribution_verdict,
)

__all__ = [
    "attribution_lines",
    "attribution_table",
    "attribution_verdict",
    "render_attribution",
    "write_attribution_report",
]
