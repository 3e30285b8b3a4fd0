"""Virtual time: the real client, merchant and mock on a clock that jumps instead of waiting.

    scenario = VirtualScenario(
        profile=load_profile("guide"), arrivals=Arrivals(rate_per_s=1 / 3), payments=1_000
    )
    outcome = simulate(scenario, BUILTIN["optimized"])            # one variant, in this process
    outcomes = simulate_all(scenario, list(BUILTIN.values()))     # all of them, on all cores

The room knows everything that takes part, the mock included, and nothing of run folders' reports.
"""

from harness.simulation.campaign import Job, simulate_all, simulate_jobs
from harness.simulation.crew import Crew, Task, available_cores
from harness.simulation.engine import simulate
from harness.simulation.link import Link
from harness.simulation.loop import (
    ForeignWait,
    VirtualDeadlock,
    VirtualHorizon,
    VirtualLoop,
    VirtualStall,
    VirtualTimeError,
    foreign_io,
    new_virtual_loop,
    run_virtual,
)
from harness.simulation.network import VirtualNetwork, VirtualTransport
from harness.simulation.outcome import SimulationOutcome
from harness.simulation.pool import PoolLimits
from harness.simulation.scenario import (
    DAY_S,
    MAX_PAYMENTS,
    Arrivals,
    CronSchedule,
    Fleet,
    NetworkModel,
    VirtualScenario,
)
from harness.simulation.sink import DigestSink, SampleReader
from harness.simulation.site import ServiceTime, Site
from harness.simulation.slots import Slots
from harness.simulation.tally import PaymentTally, Tally

__all__ = [
    "DAY_S",
    "MAX_PAYMENTS",
    "Arrivals",
    "Crew",
    "CronSchedule",
    "DigestSink",
    "Fleet",
    "ForeignWait",
    "Job",
    "Link",
    "NetworkModel",
    "PaymentTally",
    "PoolLimits",
    "SampleReader",
    "ServiceTime",
    "SimulationOutcome",
    "Site",
    "Slots",
    "Tally",
    "Task",
    "VirtualDeadlock",
    "VirtualHorizon",
    "VirtualLoop",
    "VirtualNetwork",
    "VirtualScenario",
    "VirtualStall",
    "VirtualTimeError",
    "VirtualTransport",
    "available_cores",
    "foreign_io",
    "new_virtual_loop",
    "run_virtual",
    "simulate",
    "simulate_all",
    "simulate_jobs",
]
