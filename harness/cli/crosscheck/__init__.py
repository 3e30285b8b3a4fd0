"""`bkash-bench crosscheck`: one scenario on both clocks, held against each other."""

from harness.cli.crosscheck.command import crosscheck_command

__all__ = ["crosscheck_command"]
