"""`bkash-bench gate` and `baseline`: a run held against limits and against a past one."""

from harness.cli.gate.baseline import baseline_command
from harness.cli.gate.command import gate_command

__all__ = ["baseline_command", "gate_command"]
