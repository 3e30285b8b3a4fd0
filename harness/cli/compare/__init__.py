"""`bkash-bench compare`: the variants side by side, on the real clock or on the virtual one."""

from harness.cli.compare.command import compare_command

__all__ = ["compare_command"]
