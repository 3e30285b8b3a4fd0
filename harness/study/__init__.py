"""Studies: a grid of cells, each a simulation, and a record of what they say together.

    study = WhatIf(variants=…, knobs=…, scenario=…)          # or Attribution, or TokenDay
    study.work                                               # how many simulations, at most
    record = study.carry_out(Fieldwork(circumstances, observer=display, jobs=2))

What is the same for all studies stands here: cells are simulated in as many processes as there are
cores, an observer sees how far they are, and a record says what made it. A study adds its own cells
and what is made of them, in a folder of its own. It may know everything that simulates, and neither
options nor pages.
"""

from harness.study.cell import observe
from harness.study.fieldwork import SIMULATING_SHARE, Circumstances, Fieldwork
from harness.study.study import Study
from harness.study.workload import Workload

__all__ = ["SIMULATING_SHARE", "Circumstances", "Fieldwork", "Study", "Workload", "observe"]
