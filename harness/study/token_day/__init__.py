"""A token day: every variant under every way of keeping a token fresh, with and without mishaps."""

from harness.study.token_day.schedule import Schedule
from harness.study.token_day.study import TokenDay

__all__ = ["Schedule", "TokenDay"]
