"""`bkash-bench profile`: latency profiles, shown and fitted to production timings."""

from harness.cli.profile.command import profile_command

__all__ = ["profile_command"]
