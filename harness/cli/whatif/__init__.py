"""`bkash-bench whatif`: one thing changed, everything else kept, every payment simulated again."""

from harness.cli.whatif.command import whatif_command

__all__ = ["whatif_command"]
