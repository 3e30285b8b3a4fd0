"""One variant's world: the mock, the shop's processes, and the network between them and shoppers.

The parts are those of real runs. What differs is what they are told: the mock charges no round
trips, because the network does; ids and times are derived from the seed, because two runs must be
equal byte for byte.
"""

import asyncio
from array import array
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Final

from harness.client import Credentials, anchor_epoch
from harness.clock import NS_PER_S
from harness.merchant import (
    Durability,
    Merchant,
    MerchantSettings,
    SeedSize,
    Variant,
    build_merchant,
)
from harness.merchant.store import seed_database
from harness.simulation.fleet import RunningFleet
from harness.simulation.inquiry import inquire
from harness.simulation.network import VirtualNetwork, VirtualTransport
from harness.simulation.scenario import VirtualScenario
from harness.simulation.site import ASGIApp, Receive, Scope, Send, Site
from harness.simulation.slots import Slots
from mock_bkash import ApproveMode, LatencyModel, MockConfig, create_app
from mock_bkash.latency import Network
from mock_bkash.wire.tokenized import PATHS

__all__ = ["APP_KEY", "SHOP_URL", "STARTS_AT", "TokenCalls", "World"]

SHOP_URL: Final = "http://shop.test"
BKASH_URL: Final = "http://bkash.test"
GATEWAY_URL: Final = f"{BKASH_URL}/v1.2.0-beta"
"""Names that can never be anybody's (RFC 2606)."""

APP_KEY: Final = "bench"

STARTS_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What every clock shows at virtual time 0: a full hour, so that cron's minutes are the run's."""

_SEED_SIZE: Final = SeedSize(old_payments=0)
"""Rows cost processor time, which this clock does not see."""

_TOKEN_PATHS: Final = {
    path: operation for path, operation in PATHS.items() if operation.startswith("token_")
}


class TokenCalls:
    """Note when token calls reach bKash; an ASGI application around the mock.

    Attributes:
        at_s: virtual seconds of each call, ascending, by operation.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.at_s = {operation: array("d") for operation in sorted(set(_TOKEN_PATHS.values()))}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the call, and pass it on."""
        operation = _TOKEN_PATHS.get(scope["path"])
        if operation is not None:
            self.at_s[operation].append(asyncio.get_running_loop().time())
        await self._app(scope, receive, send)


class World:
    """Hold the parts of a simulated run; made on the loop that it lives on.

    Attributes:
        network: with shop and bKash on it.
        fleet: the shop's processes.
        mock: bKash.
        token_calls: that reached it.
        database_path: the shop's books.
        slots: connections to the database, None where always one is free.
    """

    def __init__(self, scenario: VirtualScenario, variant: Variant, *, folder: Path) -> None:
        """Build everything below `folder`, which must be empty; start nothing.

        Raises:
            ConfigurationError: the database cannot be made.
        """
        anchor_epoch(round(STARTS_AT.timestamp()) * NS_PER_S)
        self._scenario = scenario
        self._variant = variant
        # The network charges the round trips; who is charged twice waits twice.
        self._profile = replace(scenario.profile, network=Network())
        self._secret = blake2b(f"world/{scenario.seed}".encode(), digest_size=32).hexdigest()
        self._delays = LatencyModel(self._profile, scenario.seed)
        self.database_path = folder / "merchant.sqlite3"
        seed_database(self.database_path, size=_SEED_SIZE, secrets={"callback_state": self._secret})
        self.mock = create_app(self._mock_config())
        self.token_calls = TokenCalls(self.mock)
        self.fleet = RunningFleet(scenario.fleet, self._build_merchant)
        connections = scenario.network.database_connections
        self.slots = None if connections is None else Slots(connections)
        self.network = VirtualNetwork(seed=scenario.seed)
        self.network.add(BKASH_URL, Site(self.token_calls))
        self.network.add(SHOP_URL, Site(self.fleet.app, service=scenario.service))

    async def refresh_by_cron(self) -> None:
        """Do what the shop's cron job does."""
        secret = [(b"authorization", f"Bearer {self._secret}".encode())]
        await inquire(self.fleet.app, "GET", "/api/cron/refresh-bkash-token", headers=secret)

    def _mock_config(self) -> MockConfig:
        return MockConfig(
            profile=self._profile,
            seed=self._scenario.seed,
            approve=ApproveMode.AUTO,
            token_lifetime_s=self._scenario.token_lifetime_s,
            public_url=BKASH_URL,
            journal_calls=0,
            started_at=STARTS_AT,
            id_secret=bytes.fromhex(self._secret),
        )

    def _build_merchant(self, number: int) -> Merchant:
        network = self._scenario.network
        settings = MerchantSettings(
            variant=self._variant,
            gateway_url=GATEWAY_URL,
            credentials=Credentials(
                app_key=APP_KEY, app_secret=self._secret, username="bench", password=self._secret
            ),
            database_path=self.database_path,
            public_url=SHOP_URL,
            cron_secret=self._secret,
            # The file is gone after the run, whatever happens.
            durability=Durability.NOTHING,
            tuning=self._scenario.tuning,
        )
        transport = VirtualTransport(
            self.network, link=network.gateway, pool=network.gateway_pool, name="gateway"
        )
        del number
        return build_merchant(
            settings, transport=transport, delay=self._delays.delay_us, slots=self.slots
        )
