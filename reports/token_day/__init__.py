"""The token over a day: a record in, one self-contained page and terminal tables out.

Reads `token-day.json` and nothing else. Judges a setting by the worst hour of all its days, and
says which one to use.
"""

from reports.token_day.advice import Advice, advise
from reports.token_day.outlook import Outlook, outlooks
from reports.token_day.page import render_token_day, write_token_day_report
from reports.token_day.terminal import token_day_lines, token_day_tables

__all__ = [
    "Advice",
    "Outlook",
    "advise",
    "outlooks",
    "render_token_day",
    "token_day_lines",
    "token_day_tables",
    "write_token_day_report",
]
