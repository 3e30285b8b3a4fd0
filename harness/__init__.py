"""Everything that measures a bKash checkout: client, merchant, load, lab, statistics, front door.

Each folder below is a room with one purpose; what a room may import is written in
`docs/architecture.md` and proved by import-linter.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
