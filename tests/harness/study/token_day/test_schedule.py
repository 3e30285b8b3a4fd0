"""Laws of what keeps a token fresh."""

from harness.load.cron import parse_cron
from harness.merchant import BUILTIN, Optimization
from harness.rundata.token_day import ScheduleKind
from harness.study.token_day.schedule import Schedule

CRON = Schedule(ScheduleKind.CRON, parse_cron("*/45 * * * * curl x"))


def test_a_line_is_named_by_its_five_fields():
    """The command behind them is nobody's schedule; other kinds are named by what they are."""
    assert CRON.name == "*/45 * * * *"
    assert Schedule(ScheduleKind.NONE).name == "none"


def test_the_schedule_and_not_the_variant_switches_the_refresher():
    """Otherwise cron would be credited with what the process does by itself."""
    flag = Optimization.BACKGROUND_REFRESH
    assert not CRON.variant(BUILTIN["optimized"]).has(flag)
    assert not Schedule(ScheduleKind.NONE).variant(BUILTIN["optimized"]).has(flag)
    assert Schedule(ScheduleKind.REFRESHER).variant(BUILTIN["stored"]).has(flag)
