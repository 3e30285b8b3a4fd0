"""The tables and sentences of a report, as data; the page and the terminal only draw them."""

from reports.sections.audit import AuditLine, audit_lines
from reports.sections.claims import claims_table
from reports.sections.cost import cost_sentences, cost_table
from reports.sections.floor import floor_table, slack_table
from reports.sections.headline import Headline, make_headline
from reports.sections.own_time import own_time_table
from reports.sections.payment_times import payment_times_table
from reports.sections.reproduction import Reproduction, reproduction
from reports.sections.savings import savings_sentence
from reports.sections.stage_times import stage_changes_table, stage_quantiles_table
from reports.sections.stale_tokens import stale_table

__all__ = [
    "AuditLine",
    "Headline",
    "Reproduction",
    "audit_lines",
    "claims_table",
    "cost_sentences",
    "cost_table",
    "floor_table",
    "make_headline",
    "own_time_table",
    "payment_times_table",
    "reproduction",
    "savings_sentence",
    "slack_table",
    "stage_changes_table",
    "stage_quantiles_table",
    "stale_table",
]
