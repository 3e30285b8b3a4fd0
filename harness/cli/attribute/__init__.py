"""`bkash-bench attribute`: which optimization saves how much, when several are on at once."""

from harness.cli.attribute.command import attribute_command

__all__ = ["attribute_command"]
