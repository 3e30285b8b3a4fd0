"""A probe as one self-contained page, and as lines for the terminal.

Reads a probe's record and nothing else; knows no shop, no gateway and no clock.
"""

from reports.probe.lines import Line, probe_lines
from reports.probe.page import render_probe, write_probe_report

__all__ = ["Line", "probe_lines", "render_probe", "write_probe_report"]
