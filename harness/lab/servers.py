"""The servers of a run: one mock, one merchant per variant, each on a port that was free."""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from harness.errors import ConfigurationError
from harness.lab.child import Child
from harness.lab.experiment import Experiment, MerchantSite, is_running_already
from harness.lab.stack import Stack
from harness.rundata import VariantRecord

__all__ = ["Servers", "copy_databases", "start_servers"]

TEMPLATE = "template.sqlite"


@dataclass(frozen=True, slots=True)
class Servers:
    """Hold what was started.

    Attributes:
        mock: the gateway's process; `mock.url` is its root.
        merchants: process by variant; backends that ran already have none.
        databases: file by variant, likewise.
        variants: all variants, each with the URL at which it is reached.
    """

    mock: Child
    merchants: Mapping[str, Child]
    databases: Mapping[str, Path]
    variants: tuple[VariantRecord, ...]


def copy_databases(experiment: Experiment, workplace: Path) -> dict[str, Path]:
    """Seed one database and copy the file for every variant: much faster than seeding each.

    Raises:
        ConfigurationError: the disk refuses.
    """
    names = [v.name for v in experiment.manifest.variants if not is_running_already(v)]
    if not names:
        return {}
    template = workplace / TEMPLATE
    experiment.seed_database(template)
    databases = {name: workplace / f"{name}.sqlite" for name in names}
    try:
        for path in databases.values():
            shutil.copyfile(template, path)
        template.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"cannot copy the database to {workplace}: {error.strerror}; TMPDIR names another place"
        ) from error
    return databases


async def start_servers(
    experiment: Experiment, stack: Stack, *, databases: Mapping[str, Path]
) -> Servers:
    """Start the mock, then all merchants at once, and wait until everybody listens.

    Raises:
        ConfigurationError: a process refused what it was asked for (a port in use).
        InvalidRunError: a process did not become ready in time.
    """
    mock = await stack.start(experiment.mock)
    gateway_url = await mock.ready() + experiment.gateway_path
    merchants: dict[str, Child] = {}
    for variant in experiment.manifest.variants:
        if variant.name in databases:
            site = MerchantSite(gateway_url=gateway_url, database=databases[variant.name])
            merchants[variant.name] = await stack.start(experiment.merchant(variant, site))
    await asyncio.gather(*(child.ready() for child in merchants.values()))
    variants = tuple(
        replace(variant, target=merchants[variant.name].url)
        if variant.name in merchants
        else variant
        for variant in experiment.manifest.variants
    )
    return Servers(mock=mock, merchants=merchants, databases=databases, variants=variants)
