"""What is to be run: data and callables that the front door hands to the lab.

The lab starts processes and knows none of them. How a mock or a merchant is started, how a database
is seeded and how it is read for the audit is told to it here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.lab.child import Command
from harness.load import LoadPlan
from harness.rundata import Manifest, VariantRecord

__all__ = ["TARGET_KIND", "Experiment", "MerchantSite", "MerchantView", "is_running_already"]

TARGET_KIND = "target"
"""Kind of a variant that is a backend of the user's own; see `VariantRecord`."""

MerchantView = list[dict[str, Any]]
"""The merchant's payments as the audit request wants them."""


@dataclass(frozen=True, slots=True)
class MerchantSite:
    """Where one merchant process stands in a run.

    Attributes:
        gateway_url: base URL that it calls bKash at.
        database: its database file, seeded.
    """

    gateway_url: str
    database: Path


@dataclass(frozen=True, slots=True)
class Experiment:
    """Describe a run before it is one.

    Attributes:
        folder: where the run is written; must not exist or be empty.
        manifest: what the run is; records of kind "target" know their URL, the others get theirs.
        plan: the load; its variants and folder are filled in by the lab.
        mock: starts the mock; it announces its root URL.
        merchant: starts the merchant of a variant at a site.
        seed_database: makes the file that each merchant gets a copy of.
        audit_view: reads a merchant's database for the audit.
        gateway_path: path of the payment API below the mock's root.
        target_files: target (shipped name or path of a TOML file) by variant; the rest are spoken
            to like our own merchant.
    """

    folder: Path
    manifest: Manifest
    plan: LoadPlan
    mock: Command
    merchant: Callable[[VariantRecord, MerchantSite], Command]
    seed_database: Callable[[Path], None]
    audit_view: Callable[[Path], MerchantView]
    gateway_path: str
    target_files: Mapping[str, str] = field(default_factory=dict)


def is_running_already(variant: VariantRecord) -> bool:
    """Tell whether a variant is a backend that the lab neither starts nor stops."""
    return variant.kind == TARGET_KIND
