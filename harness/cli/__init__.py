"""The front door: parse, wire, call, print. A folder per command, a file for small ones.

It may know every room but `scenarios`, whose Locust patches the process it is imported into and is
therefore started as one of its own.
"""

from harness.cli.commands import main

__all__ = ["main"]
