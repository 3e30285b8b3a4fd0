"""Laws of the part of a run that leaves traces."""

import pytest

from harness.lab.lookout import Lookout
from harness.lab.meter import Usage
from harness.lab.performance import BUSY_SHARE, Performance
from harness.lab.phase import Phase
from harness.lab.servers import copy_databases, start_servers
from harness.lab.stack import Stack
from harness.rundata import RunFolder

pytestmark = pytest.mark.real_time


def usage(share: float) -> Usage:
    return Usage(memory_bytes=1, cpu_s=1.0, cpu_share=share / 2, cpu_share_peak=share)


async def perform(bench, tmp_path, usages):
    async with Lookout(bench.watcher, dict.fromkeys(Phase, 1.0)) as lookout, Stack() as stack:
        databases = copy_databases(bench.experiment, tmp_path)
        servers = await start_servers(bench.experiment, stack, databases=databases)
        folder = RunFolder.create(bench.experiment.folder, bench.experiment.manifest)
        performance = Performance(bench.experiment, servers, folder, stack, lookout)
        performance._meter.usage = usages.get  # type: ignore[method-assign]
        await performance.run(tmp_path)
        assert all(child.running for child in (servers.mock, *servers.merchants.values()))
    conduct = folder.read_conduct()
    assert conduct is not None
    return conduct


async def test_busy_generator_and_servers_are_told(bench, tmp_path):
    """The generator's largest share is kept; a server that was short of processor time is named."""
    conduct = await perform(
        bench,
        tmp_path,
        {
            "load generator": usage(0.5),
            "mock bKash": usage(BUSY_SHARE),
            "cached": usage(0.93),
        },
    )
    assert conduct.generator_cpu_share == 0.5
    (note,) = conduct.notes
    assert note.startswith("For 5 seconds or more, merchant cached used 93% of a core")


async def test_generator_that_was_never_seen_has_no_share(bench, tmp_path):
    """Nobody looked is None, not zero."""
    assert (await perform(bench, tmp_path, {})).generator_cpu_share is None


async def test_plan_names_every_variant_with_its_url_and_target(bench, tmp_path):
    """The generator is told where everybody is, and how a target is spoken to."""
    bench.change(target_files={"cached": "/some/shop.toml"})
    await perform(bench, tmp_path, {})
    plan = (tmp_path / "plan.json").read_text()
    assert '"target": "/some/shop.toml"' in plan
    assert '"target": "merchant"' in plan
    assert str(bench.experiment.folder) in plan
