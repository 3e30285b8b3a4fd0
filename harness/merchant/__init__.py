"""The checkout service of the guide: its endpoints, pages, flow and database, for one variant.

It knows the gateway only through `harness.client`, and its own distance to the database only as a
callable that draws waits; it does not know the mock, the load, or that it is being measured.

    merchant = build_merchant(MerchantSettings(variant=BUILTIN["cached"], …), transport=…, delay=…)
    await merchant.start()     # over httpx.ASGITransport; under uvicorn the lifespan does it
    merchant.app               # the ASGI application
    await merchant.stop()
"""

from harness.merchant.build import Merchant, build_merchant
from harness.merchant.optimization import Optimization
from harness.merchant.settings import MerchantSettings
from harness.merchant.store import (
    AuditReader,
    Delay,
    Durability,
    PaymentState,
    SeedSize,
    Slots,
    StoreUnavailable,
    audit_view,
    no_delay,
    payment_machine,
    seed_database,
)
from harness.merchant.variant import BUILTIN, Variant, find_variant, load_variants

__all__ = [
    "BUILTIN",
    "AuditReader",
    "Delay",
    "Durability",
    "Merchant",
    "MerchantSettings",
    "Optimization",
    "PaymentState",
    "SeedSize",
    "Slots",
    "StoreUnavailable",
    "Variant",
    "audit_view",
    "build_merchant",
    "find_variant",
    "load_variants",
    "no_delay",
    "payment_machine",
    "seed_database",
]
