"""`bkash-bench token-day`: how the token is kept fresh over a day, and which way is safe."""

from harness.cli.token_day.command import token_day_command

__all__ = ["token_day_command"]
