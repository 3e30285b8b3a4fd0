"""Laws of starting the servers."""

from dataclasses import replace

import pytest

from harness.errors import ConfigurationError
from harness.lab.experiment import TARGET_KIND
from harness.lab.servers import copy_databases, start_servers
from harness.lab.stack import Stack
from harness.rundata import VariantRecord

SHOP = VariantRecord("shop", (), TARGET_KIND, "http://127.0.0.1:3000", "shop")


def test_database_is_seeded_once_and_copied(bench, tmp_path):
    """Every variant of ours gets a copy; the one that was seeded is gone."""
    seeded = []
    bench.change(seed_database=lambda path: (seeded.append(path), path.write_bytes(b"seed")))
    databases = copy_databases(bench.experiment, tmp_path)
    assert len(seeded) == 1
    assert {name: path.read_bytes() for name, path in databases.items()} == {
        "stored": b"seed",
        "cached": b"seed",
    }
    assert not seeded[0].exists()


def test_running_backends_need_no_database(bench, tmp_path):
    """Where all variants run already nothing is seeded."""
    bench.change(manifest=replace(bench.experiment.manifest, variants=(SHOP,)))
    assert copy_databases(bench.experiment, tmp_path) == {}


def test_full_disk_is_the_users_to_mend(bench, tmp_path):
    """A copy that fails says where and how to choose another place."""
    bench.change(seed_database=lambda path: None)
    with pytest.raises(ConfigurationError, match=r"cannot copy the database .* TMPDIR"):
        copy_databases(bench.experiment, tmp_path)


@pytest.mark.real_time
async def test_running_backends_keep_their_address_and_get_no_process(bench, tmp_path):
    """A target is neither started nor stopped; the others are reached where they announced."""
    variants = (*bench.experiment.manifest.variants, SHOP)
    bench.change(manifest=replace(bench.experiment.manifest, variants=variants))
    databases = copy_databases(bench.experiment, tmp_path)
    async with Stack() as stack:
        servers = await start_servers(bench.experiment, stack, databases=databases)
        assert set(servers.merchants) == {"stored", "cached"}
        assert [v.name for v in servers.variants] == ["stored", "cached", "shop"]
        assert servers.variants[0].target == servers.merchants["stored"].url
        assert servers.variants[2] == SHOP
        assert len(stack.children) == 3
