"""`bkash-bench probe`: where the seconds of a running shop's payments go, and its mistakes."""

from harness.cli.probe.command import probe_command

__all__ = ["probe_command"]
