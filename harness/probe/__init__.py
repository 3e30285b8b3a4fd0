"""The probe: one shopper at a time goes through any running shop, and the mock tells what it did.

It knows the shop and the mock by their URLs, and neither by its code. What it saw is evidence,
judges look for mistakes in it, and a record of both is what reports read.
"""

from harness.probe.course import carry_out
from harness.probe.evidence import Evidence
from harness.probe.mistake import MISTAKES, OBSTACLES, Mistake
from harness.probe.plan import ProbePlan
from harness.probe.record import Circumstances, make_record

__all__ = [
    "MISTAKES",
    "OBSTACLES",
    "Circumstances",
    "Evidence",
    "Mistake",
    "ProbePlan",
    "carry_out",
    "make_record",
]
