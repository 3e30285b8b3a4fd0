"""What one merchant process is told at its start."""

from dataclasses import dataclass, field
from pathlib import Path

from harness.client import AS_IN_THE_GUIDE, Credentials, Tuning
from harness.merchant.store import Durability, SeedSize
from harness.merchant.variant import Variant

__all__ = ["MerchantSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantSettings:
    """Configure one merchant.

    Attributes:
        variant: which optimizations it has.
        gateway_url: bKash's base URL (`http://127.0.0.1:8700/v1.2.0-beta`).
        credentials: what bKash gave the merchant.
        database_path: its SQLite file; created and seeded where there is none.
        public_url: the origin under which shoppers reach it; callback URLs begin with it.
        time_scale: wall seconds per modelled second, above 0.
        cron_secret: opens the cron and test-token endpoints; None: they are closed.
        durability: what a committed payment survives.
        seed_size: how much is seeded into a new file.
        tuning: the numbers behind the optimizations.
    """

    variant: Variant
    gateway_url: str
    credentials: Credentials
    database_path: Path
    public_url: str
    time_scale: float = 1.0
    cron_secret: str | None = field(default=None, repr=False)
    durability: Durability = Durability.PROCESS
    seed_size: SeedSize = field(default_factory=SeedSize)
    tuning: Tuning = AS_IN_THE_GUIDE

    def __post_init__(self) -> None:
        """Refuse what no merchant can run with."""
        if not 0 < self.time_scale < float("inf"):
            raise ValueError(f"time_scale: must be a finite number above 0, got {self.time_scale}")
        if not self.public_url.startswith(("http://", "https://")):
            raise ValueError(f"public_url: must be an http(s) origin, got {self.public_url!r}")
