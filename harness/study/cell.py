"""One cell: one variant under one scenario, simulated in memory for whoever reads its samples."""

from collections.abc import Callable

from harness.merchant import Variant
from harness.simulation import (
    DigestSink,
    SampleReader,
    SimulationOutcome,
    VirtualScenario,
    simulate,
)

__all__ = ["observe"]


def observe(
    scenario: VirtualScenario,
    variant: Variant,
    reader: SampleReader,
    report: Callable[[float], None],
) -> SimulationOutcome:
    """Simulate a cell; nothing is written.

    Args:
        scenario: who comes, in what world.
        variant: of the shop.
        reader: takes every sample in.
        report: told the share done, in [0, 1].

    Raises:
        HarnessError: it cannot be simulated.
    """
    return simulate(
        scenario,
        variant,
        DigestSink(reader=reader),
        on_progress=lambda arrived, total: report(arrived / total),
    )
