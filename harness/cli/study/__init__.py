"""What the commands that simulate a grid of cells share."""

from harness.cli.study.watch import StudyWatch

__all__ = ["StudyWatch"]
