"""The shop's database: schema, seed, statements, and the modelled distance to it.

Statements live here and nowhere else. One phase of a checkout is one transaction, and none of them
ever waits for the gateway.
"""

from harness.merchant.store.audit import AuditReader, audit_view, payment_machine
from harness.merchant.store.database import Database, Durability, RowRefused, StoreUnavailable
from harness.merchant.store.distance import Delay, Distance, Slots, current_attempt, no_delay
from harness.merchant.store.payment import (
    Claim,
    Course,
    Outcome,
    Payment,
    PaymentState,
    Receipt,
)
from harness.merchant.store.seed import SeedSize, seed_database
from harness.merchant.store.store import Purchase, Store
from harness.merchant.store.tokens import TokenTable

__all__ = [
    "AuditReader",
    "Claim",
    "Course",
    "Database",
    "Delay",
    "Distance",
    "Durability",
    "Outcome",
    "Payment",
    "PaymentState",
    "Purchase",
    "Receipt",
    "RowRefused",
    "SeedSize",
    "Slots",
    "Store",
    "StoreUnavailable",
    "TokenTable",
    "audit_view",
    "current_attempt",
    "no_delay",
    "payment_machine",
    "seed_database",
]
