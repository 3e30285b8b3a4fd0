"""The judges: each looks at the evidence for one mistake, and says what it saw.

A judge is a pure function. It sees no shop and no mock, only what was written down.
"""

from harness.probe.judges.bench import judge_all

__all__ = ["judge_all"]
