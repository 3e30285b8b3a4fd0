"""What the mock keeps per app key: nothing of one tenant is ever visible to another.

Any app key is taken when it is first granted a token; from then on its user name, password and
secret are fixed. A reset forgets the tenant altogether.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b
from hmac import compare_digest
from typing import Final

from mock_bkash.agreement import Agreements
from mock_bkash.attempt import Attempts
from mock_bkash.clock import ModelClock
from mock_bkash.config import MockConfig
from mock_bkash.duplicate import DuplicateWatch
from mock_bkash.fault import FaultBoard, FaultDesk
from mock_bkash.journal import Journal
from mock_bkash.ledger import Ledger
from mock_bkash.payment_book import PaymentBook
from mock_bkash.token import TokenShelf
from mock_bkash.token_budget import TokenBudget

__all__ = ["Credentials", "Recognition", "Tenant", "Tenants", "TooManyTenants"]

MAX_TENANTS: Final = 1000
"""Most app keys at a time: enough for any test, and a bound on what strangers can make us keep."""


class TooManyTenants(ValueError):
    """No further app key is taken until some are reset."""


class Recognition(Enum):
    """Say what became of presented credentials."""

    KNOWN = "known"
    OTHER_USERNAME = "other user name"
    OTHER_SECRET = "other password or secret"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Hold who an app key belongs to; password and secret only as a digest.

    Attributes:
        username: what tokens are issued to.
        secrets: digest of password and app secret.
    """

    username: str
    secrets: bytes

    @classmethod
    def of(cls, *, username: str, password: bytes, app_secret: str) -> "Credentials":
        """Return the credentials, and forget the password and the secret."""
        digest = blake2b(app_secret.encode(), key=blake2b(password).digest(), digest_size=32)
        return cls(username=username, secrets=digest.digest())

    def recognize(self, presented: "Credentials") -> Recognition:
        """Compare with what a caller presented; takes equally long whatever differs."""
        same_secrets = compare_digest(self.secrets, presented.secrets)
        same_username = compare_digest(self.username.encode(), presented.username.encode())
        if not same_username:
            return Recognition.OTHER_USERNAME
        return Recognition.KNOWN if same_secrets else Recognition.OTHER_SECRET


class Tenant:
    """Keep the state, counts and clock of one app key.

    Attributes:
        app_key: its name.
        credentials: as first presented.
        clock: its modelled time.
        payments: by payment id, oldest first.
        agreements: by agreement id.
        duplicates: who paid what lately.
        token_budget: how often tokens were asked for.
        ledger: where money moved.
        journal: what was called.
        attempts: which call of its kind a call is.
        id_tokens, refresh_tokens: those that are alive.
        faults: what goes wrong with its calls.
    """

    __slots__ = (
        "agreements",
        "app_key",
        "attempts",
        "clock",
        "credentials",
        "duplicates",
        "faults",
        "id_tokens",
        "journal",
        "ledger",
        "payments",
        "refresh_tokens",
        "token_budget",
    )

    def __init__(
        self, *, app_key: str, credentials: Credentials, config: MockConfig, faults: FaultBoard
    ) -> None:
        self.app_key = app_key
        self.faults = faults
        self.credentials = credentials
        self.clock = ModelClock(time_scale=config.time_scale, started_at=config.started_at)
        self.ledger = Ledger()
        self.payments = PaymentBook(capacity=config.kept_payments, ledger=self.ledger)
        self.agreements = Agreements(capacity=config.kept_payments)
        self.duplicates = DuplicateWatch(window_s=config.duplicate_window_s)
        self.token_budget = TokenBudget()
        self.journal = Journal(capacity=config.journal_calls)
        self.attempts = Attempts()
        self.id_tokens = TokenShelf(self.clock.elapsed_s)
        self.refresh_tokens = TokenShelf(self.clock.elapsed_s)


class Tenants:
    """Find tenants by their app key.

    Attributes:
        fault_desk: the faults of each, also of app keys that are not known yet.
    """

    __slots__ = ("_config", "_tenants", "fault_desk")

    def __init__(self, config: MockConfig) -> None:
        self.fault_desk = FaultDesk(seed=config.seed, plans=config.fault_plans)
        self._config = config
        self._tenants: dict[str, Tenant] = {}

    def find(self, app_key: str) -> Tenant | None:
        """Return the tenant of an app key, or None."""
        return self._tenants.get(app_key)

    def open(self, app_key: str, credentials: Credentials) -> Tenant:
        """Return the tenant of an app key, which is made where there is none.

        Raises:
            TooManyTenants: the mock is full.
        """
        tenant = self._tenants.get(app_key)
        if tenant is None:
            if len(self._tenants) >= MAX_TENANTS:
                raise TooManyTenants(f"{MAX_TENANTS} app keys are known already; reset some")
            tenant = Tenant(
                app_key=app_key,
                credentials=credentials,
                config=self._config,
                faults=self.fault_desk.board(app_key),
            )
            self._tenants[app_key] = tenant
        return tenant

    def revive(self, app_key: str, credentials: Credentials, config: MockConfig) -> Tenant:
        """Return a tenant that was known before, made with a configuration of its own."""
        tenant = Tenant(
            app_key=app_key,
            credentials=credentials,
            config=config,
            faults=self.fault_desk.board(app_key),
        )
        self._tenants[app_key] = tenant
        return tenant

    def holder_of(self, id_token: bytes) -> Tenant | None:
        """Return the tenant to whom a token was issued, if it is alive; asks each of them."""
        return next((t for t in self._tenants.values() if t.id_tokens.holds(id_token)), None)

    def holder_of_payment(self, payment_id: str) -> Tenant | None:
        """Return the tenant who created a payment, or None; asks each of them."""
        return next((t for t in self._tenants.values() if payment_id in t.payments), None)

    def reset(self, app_key: str | None = None) -> list[str]:
        """Forget one tenant, or all of them, and return the app keys that were forgotten.

        Calls still under way end in the state that was forgotten.
        """
        forgotten = [key for key in self._tenants if app_key in (None, key)]
        for key in forgotten:
            del self._tenants[key]
        prepared = self.fault_desk.forget(app_key)
        return [*forgotten, *(key for key in prepared if key not in forgotten)]

    def __iter__(self) -> Iterator[Tenant]:
        """Go through the tenants, oldest first."""
        return iter(tuple(self._tenants.values()))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._tenants)
