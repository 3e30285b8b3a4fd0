"""The ledger audit of a run: what the shop wrote and the shoppers saw, against what bKash captured.

The mock judges (cases.md's invariants a to h); the lab brings it the other two views. A backend of
somebody else's keeps its books where the lab cannot read them: what its shoppers saw is still
audited, and the rest is said to be not applicable.
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from harness.lab.admin import Admin
from harness.rundata import RequestName

__all__ = ["audit_variant", "payer_views"]

PayerView = list[dict[str, str]]
"""What shoppers were shown: `payment_id` and `shown` ("paid", "failed" or "pending") of each."""


async def audit_variant(
    admin: Admin,
    *,
    app_key: str,
    payments: list[dict[str, Any]] | None,
    payer: PayerView,
) -> dict[str, Any]:
    """Let the mock audit one variant, and return its verdict.

    Args:
        admin: asks the mock.
        app_key: under which the mock kept the variant's ledger.
        payments: the merchant's view; None where nobody can read it.
        payer: the shoppers' view.

    Raises:
        InvalidRunError: the mock does not answer.
    """
    request: dict[str, Any] = {"app_key": app_key, "payer": payer}
    if payments is not None:
        request["payments"] = payments
    return await admin.audit(request)


def payer_views(sample_files: Iterable[Path]) -> dict[str, PayerView]:
    """Read from the samples what the shoppers of each variant were shown.

    A shopper whose way back ended in an error was shown nothing about the payment, and is no
    witness.
    """
    views: dict[str, PayerView] = {}
    for path in sample_files:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                shown = _shown(row)
                if shown is not None:
                    view = views.setdefault(row["variant"], [])
                    view.append({"payment_id": row["payment_id"], "shown": shown})
    return views


def _shown(row: dict[str, str]) -> str | None:
    if row["request"] != RequestName.CALLBACK or row["stage"] or not row["payment_id"]:
        return None
    if row["outcome"] == "ok":
        return "paid"
    if row["outcome"] == "not_paid":
        # The recorder keeps the shop's own word for how it went: "… says 'pending'".
        return "pending" if "pending" in row["error"].lower() else "failed"
    return None
