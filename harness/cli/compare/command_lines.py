"""How the processes of a comparison are started: our own commands, in the same Python."""

import sys
from collections.abc import Callable

from harness.cli.compare.settings import CompareSettings
from harness.lab import Command, MerchantSite
from harness.rundata import VariantRecord

__all__ = ["merchant_commands", "mock_command"]


def mock_command(settings: CompareSettings) -> Command:
    """Return the command of the mock: it approves payments itself, nobody looks at its pages."""
    return Command(
        name="mock bKash",
        argv=(
            *(sys.executable, "-m", "mock_bkash", "serve"),
            *("--port", str(settings.mock_port)),
            *("--profile", settings.profile),
            *("--seed", str(settings.seed)),
            *("--time-scale", repr(settings.time_scale)),
            *("--token-lifetime", repr(settings.token_lifetime_s)),
            *("--approve", "auto"),
        ),
        # A guard that somebody's environment asks for would shut out the lab, which has no token.
        environment={"MOCK_BKASH_ADMIN_TOKEN": ""},
    )


def merchant_commands(
    settings: CompareSettings,
) -> Callable[[VariantRecord, MerchantSite], Command]:
    """Return the function that gives the command of each variant's merchant."""

    def command(variant: VariantRecord, site: MerchantSite) -> Command:
        file = settings.variants_file
        return Command(
            name=f"merchant {variant.name}",
            argv=(
                *(sys.executable, "-m", "harness.cli", "serve"),
                *("--variant", variant.name),
                *(() if file is None else ("--variants-file", str(file))),
                *("--gateway", site.gateway_url),
                *("--app-key", variant.app_key),
                *("--port", "0"),
                *("--database", str(site.database)),
                *("--profile", settings.profile),
                *("--seed", str(settings.seed)),
                *("--time-scale", repr(settings.time_scale)),
            ),
        )

    return command
