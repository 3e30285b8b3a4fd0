"""A what-if: one thing turned to many values, everything else kept, for every variant."""

from harness.study.whatif.knob import (
    ASSUMPTIONS,
    SETTINGS,
    Knob,
    WantedRange,
    assumption_knob,
    setting_knob,
    stage_knob,
)
from harness.study.whatif.study import WhatIf

__all__ = [
    "ASSUMPTIONS",
    "SETTINGS",
    "Knob",
    "WantedRange",
    "WhatIf",
    "assumption_knob",
    "setting_knob",
    "stage_knob",
]
