"""The lab: starts the real stack as processes, measures it, and leaves a run folder and no process.

It knows processes by their command lines and merchants by their URLs. How a mock or a merchant is
started, and how a merchant's books are read, is told to it by the front door.
"""

from harness.lab.child import Command
from harness.lab.conductor import conduct
from harness.lab.experiment import TARGET_KIND, Experiment, MerchantSite
from harness.lab.interrupt import Interrupted, run_interruptible
from harness.lab.phase import Phase

__all__ = [
    "TARGET_KIND",
    "Command",
    "Experiment",
    "Interrupted",
    "MerchantSite",
    "Phase",
    "conduct",
    "run_interruptible",
]
