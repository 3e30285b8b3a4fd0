"""An attribution: every set of some optimizations, under every kind of traffic, shared out."""

from harness.study.attribution.study import Attribution
from harness.study.attribution.traffic import KINDS, TrafficKind, make_scenario

__all__ = ["KINDS", "Attribution", "TrafficKind", "make_scenario"]
