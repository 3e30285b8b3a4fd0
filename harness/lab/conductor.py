"""One run from its first process to its last, in the order in which it is told here.

Whatever ends it, a finished plan, a signal, a process that died, an error of ours: every process is
gone afterwards, the temporary databases are removed, and what was recorded stays. Until the first
shopper is sent out nothing is recorded, so an error before that leaves no run folder.
"""

from contextlib import AsyncExitStack
from dataclasses import replace

from harness.errors import InvalidRunError
from harness.lab.experiment import Experiment
from harness.lab.lookout import Lookout
from harness.lab.performance import Performance
from harness.lab.phase import Phase
from harness.lab.servers import copy_databases, start_servers
from harness.lab.stack import Stack
from harness.lab.workplace import open_workplace
from harness.progress import Observer
from harness.rundata import RunFolder

__all__ = ["conduct"]

DATABASES_S = 2.0
"""Seeding 200,000 payments takes 1 s, a copy of the 40 MB file 0.05 s."""

START_S = 1.0
START_PER_SERVER_S = 0.6
"""A server spends 0.6 s of processor time on its imports; several start at once, on few cores."""

DRAIN_S = 14.0
"""A late shopper's journey, modelled: thinking, and the slowest variant with a slow call in it."""

AUDIT_S = 1.0
REPORT_S = 8.0


async def conduct(experiment: Experiment, *, observer: Observer) -> RunFolder:
    """Carry out a run, and return its folder: manifest, samples, costs, ledger and conduct.

    Raises:
        ConfigurationError: a process refused what it was asked for; no folder is left.
        InvalidRunError: a process died, or the books could not be closed; the folder keeps what was
            recorded, if anything was.
    """
    async with AsyncExitStack() as exits:
        workplace = exits.enter_context(open_workplace())
        lookout = Lookout(observer, expected_s=expected_times_s(experiment))
        await exits.enter_async_context(lookout)
        databases = copy_databases(experiment, workplace)
        lookout.enter(Phase.STARTING)
        stack = await exits.enter_async_context(Stack())
        servers = await start_servers(experiment, stack, databases=databases)
        manifest = replace(experiment.manifest, variants=servers.variants)
        folder = RunFolder.create(experiment.folder, manifest)
        performance = Performance(
            experiment=experiment, servers=servers, folder=folder, stack=stack, lookout=lookout
        )
        try:
            await performance.run(workplace)
        except InvalidRunError as error:
            raise InvalidRunError(
                f"{error}\nWhat was recorded is kept in {folder.path}."
            ) from error
        return folder


def expected_times_s(experiment: Experiment) -> dict[Phase, float]:
    """Return the wall seconds that each phase should take; what the lab does not do itself too."""
    plan = experiment.plan
    servers = len(experiment.manifest.variants) + 1
    return {
        Phase.SEEDING: DATABASES_S,
        Phase.STARTING: START_S + START_PER_SERVER_S * servers,
        Phase.WARMING_UP: plan.warmup_s * plan.time_scale,
        Phase.MEASURING: plan.duration_s * plan.time_scale,
        Phase.DRAINING: DRAIN_S * plan.time_scale,
        Phase.AUDITING: AUDIT_S,
        Phase.REPORTING: REPORT_S,
    }
