"""The front door: parse, wire, call, print. One file per command.

It may know every room but `scenarios`, whose Locust patches the process it is imported into and is
therefore started as one of its own.
"""

from harness.cli.commands import main

__all__ = ["main"]
