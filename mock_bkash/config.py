"""What can be chosen about a mock gateway."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mock_bkash.choice import CallbackForm, Quirk, TokenLimit
from mock_bkash.fault import FaultPlan
from mock_bkash.latency import Profile, load_profile

__all__ = [
    "DUPLICATE_WINDOW_S",
    "KEPT_PAYMENTS",
    "NOT_APPROVED_CODES",
    "TOKEN_LIFETIME_S",
    "ApproveMode",
    "MockConfig",
]

TOKEN_LIFETIME_S = 3600.0
"""bKash's own: one token is to serve all customers for the hour (mail of its integration team)."""

JOURNAL_CALLS = 4096
"""Calls kept in full per app key; about 1 MB. The counts go on for ever."""

KEPT_PAYMENTS = 40_000
"""Payments kept per app key: some 40 MB. The sums go on for ever."""

DUPLICATE_WINDOW_S = 300.0
"""The sandbox's; in production it is 120 (two mails of bKash's integration team)."""

NOT_APPROVED_CODES = ("2056", "2060")
"""What execute answers before the shopper approved: seen in the sandbox of 2026; documented."""


class ApproveMode(StrEnum):
    """Say who approves a created payment."""

    PAGE = "page"
    """The shopper, on the customer page at bkashURL (or the admin API)."""
    AUTO = "auto"
    """Nobody: a created payment counts as approved, and bkashURL redirects at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MockConfig:
    """Choose how the mock behaves; all times are modelled seconds.

    Attributes:
        profile: how slow it is.
        seed: of every latency draw.
        time_scale: wall seconds per modelled second, above 0. Waits are shortened by it, and the
            clock by which tokens expire runs faster.
        approve: who approves payments.
        token_lifetime_s: life of an id_token, above 0.
        token_limit: what becomes of a merchant who asks for tokens too often.
        duplicate_window_s: how long a wallet that a shopper entered cannot pay the same amount
            again; 0 turns the rule off.
        not_approved_code: what execute answers before the shopper approved, 2056 or 2060.
        callback_form: what is added to callback URLs.
        quirks: points on which the mock is to follow the other source.
        kept_payments: payments kept per app key, the newest; above 0.
        public_url: origin in bkashURL ("http://127.0.0.1:8700"); None: the Host that create was
            called by.
        admin: whether there is an admin API, and a header X-Mock-Fault.
        admin_token: what the header `X-Admin-Token` must carry for `/_mock/`; None: no guard.
        admin_local_only: whether other machines are kept from `/_mock/`.
        faults: plans in force for every app key from its beginning, after those of the profile.
        journal_calls: calls kept in full per app key.
        started_at: what the modelled clock shows first, aware; None: the wall clock's now.
        state_path: file that payments, ledger and tokens outlive the process in; None: memory only.
        id_secret: what ids and tokens are derived from, 16 bytes or more; None: fresh randomness.
            Give one only where runs must be equal byte for byte.

    Raises:
        ValueError: a value outside its range; the message begins with the attribute's name.
    """

    profile: Profile = field(default_factory=lambda: load_profile("guide"))
    seed: int = 0
    time_scale: float = 1.0
    approve: ApproveMode = ApproveMode.PAGE
    token_lifetime_s: float = TOKEN_LIFETIME_S
    token_limit: TokenLimit = TokenLimit.COUNT
    duplicate_window_s: float = DUPLICATE_WINDOW_S
    not_approved_code: str = NOT_APPROVED_CODES[0]
    callback_form: CallbackForm = CallbackForm.SIGNED
    quirks: frozenset[Quirk] = frozenset()
    kept_payments: int = KEPT_PAYMENTS
    public_url: str | None = None
    admin: bool = True
    admin_token: str | None = field(default=None, repr=False)
    admin_local_only: bool = False
    faults: tuple[FaultPlan, ...] = ()
    journal_calls: int = JOURNAL_CALLS
    started_at: datetime | None = None
    state_path: Path | None = None
    id_secret: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name in ("time_scale", "token_lifetime_s"):
            value: float = getattr(self, name)
            if not 0 < value < math.inf:
                raise ValueError(f"{name}: must be a finite number above 0, got {value:g}")
        self._check_rules()
        if self.journal_calls < 0:
            raise ValueError(f"journal_calls: must be 0 or more, got {self.journal_calls}")
        if self.admin_token is not None and not self.admin_token:
            raise ValueError("admin_token: must not be empty")
        if self.started_at is not None and self.started_at.tzinfo is None:
            raise ValueError("started_at: must be an aware time, got a naive one")
        if self.id_secret is not None and len(self.id_secret) < 16:
            raise ValueError(f"id_secret: must be 16 bytes or more, got {len(self.id_secret)}")

    @property
    def fault_plans(self) -> tuple[FaultPlan, ...]:
        """Return all plans that are in force from the beginning."""
        if not self.profile.faults:
            return self.faults
        return (*self.faults, FaultPlan(name="profile", rules=self.profile.faults))

    def _check_rules(self) -> None:
        window_s, code = self.duplicate_window_s, self.not_approved_code
        if not 0 <= window_s < math.inf:
            raise ValueError(
                f"duplicate_window_s: must be a finite number, 0 or more, got {window_s:g}"
            )
        if code not in NOT_APPROVED_CODES:
            allowed = " or ".join(NOT_APPROVED_CODES)
            raise ValueError(f"not_approved_code: must be {allowed}, got {code!r}")
        if self.kept_payments < 1:
            raise ValueError(f"kept_payments: must be 1 or more, got {self.kept_payments}")
