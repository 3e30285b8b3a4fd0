"""Wires one merchant: its database, its client, its strategies, its application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp

from harness.client import BackgroundRefresher, PaymentClient, build_client
from harness.merchant.app import Endpoints, create_app
from harness.merchant.attachment import Attachment
from harness.merchant.callback_state import StateSigner
from harness.merchant.choice import (
    choose_attachment,
    choose_checkout,
    choose_client_options,
    prefetches,
    refreshes_in_background,
)
from harness.merchant.cron_guard import CronGuard
from harness.merchant.endpoint import (
    OperationEndpoints,
    PageEndpoints,
    PaymentEndpoints,
    TokenEndpoints,
)
from harness.merchant.gateway_desk import GatewayDesk
from harness.merchant.intent import Intents
from harness.merchant.landing import LandingPrices
from harness.merchant.later import Later
from harness.merchant.pages import Pages, load_assets
from harness.merchant.performance import Performance
from harness.merchant.reconciler import Reconciler
from harness.merchant.settings import MerchantSettings
from harness.merchant.settlement import Settlement
from harness.merchant.store import (
    Database,
    Delay,
    Distance,
    Slots,
    Store,
    TokenTable,
    no_delay,
    seed_database,
)

__all__ = ["DRAIN_S", "Merchant", "build_merchant"]

DRAIN_S = 3.0
"""Longest wait at the end for work that no answer waited for, wall seconds. What is cut off is
found again in the books by the next process."""


@dataclass(frozen=True, slots=True)
class _Background:
    """Hold what runs beside the requests, and what has to be closed after it."""

    reconciler: Reconciler
    refresher: BackgroundRefresher | None
    later: Later
    client: PaymentClient
    database: Database


@dataclass(frozen=True, slots=True)
class _Parts:
    """What several endpoints and the background work share: each exists once in a merchant."""

    store: Store
    client: PaymentClient
    performance: Performance
    later: Later
    landings: LandingPrices
    signer: StateSigner
    desk: GatewayDesk
    attachment: Attachment
    pending: asyncio.Event
    settlement: Settlement


class Merchant:
    """One merchant, ready to serve.

    Attributes:
        settings: what it was built from.
        app: the ASGI application; its lifespan starts and stops the merchant.
    """

    def __init__(
        self,
        settings: MerchantSettings,
        endpoints: Endpoints,
        *,
        pages: Pages,
        performance: Performance,
        background: _Background,
    ) -> None:
        self.settings = settings
        self._background = background
        self.app: ASGIApp = create_app(
            endpoints, pages=pages, performance=performance, lifespan=self._lifespan
        )

    async def start(self) -> None:
        """Begin background work; call it once, on the loop that serves."""
        self._background.reconciler.start()
        if self._background.refresher is not None:
            self._background.refresher.start()

    async def stop(self) -> None:
        """End background work, see what was begun to its end, and close everything."""
        background = self._background
        if background.refresher is not None:
            await background.refresher.stop()
        await background.reconciler.stop()
        await background.later.drain(within_s=DRAIN_S)
        await background.client.aclose()
        background.database.close()

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        del app
        await self.start()
        try:
            yield
        finally:
            await self.stop()


def build_merchant(
    settings: MerchantSettings,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    delay: Delay = no_delay,
    slots: Slots | None = None,
) -> Merchant:
    """Return the merchant of one variant; its database is created and seeded where there is none.

    Args:
        settings: of the merchant.
        transport: how it reaches the gateway; None: pooled connections of the client's own.
        delay: draws the modelled distance of its database, `delay(operation, key, attempt)` in
            whole microseconds at full scale.
        slots: connections to the database; None: one is always free.

    Raises:
        ConfigurationError: the database or the gateway's URL cannot be used.
    """
    if not settings.database_path.exists():
        seed_database(settings.database_path, size=settings.seed_size)
    database = Database(settings.database_path, durability=settings.durability)
    try:
        distance = Distance(delay, time_scale=settings.time_scale, slots=slots)
        return _wire(settings, database, transport, distance)
    except BaseException:
        database.close()
        raise


def _wire(
    settings: MerchantSettings,
    database: Database,
    transport: httpx.AsyncBaseTransport | None,
    distance: Distance,
) -> Merchant:
    parts = _make_parts(settings, database, transport, distance)
    assets = load_assets()
    pages = Pages(assets, prefetches=prefetches(settings.variant))
    return Merchant(
        settings,
        Endpoints(
            payment=_payment_endpoints(settings, parts),
            token=TokenEndpoints(
                parts.client.tokens,
                guard=CronGuard(settings.cron_secret),
                later=parts.later,
                renew_at=settings.tuning.background_renew_at,
            ),
            page=PageEndpoints(
                pages=pages,
                assets=assets,
                store=parts.store,
                landings=parts.landings,
                signer=parts.signer,
                performance=parts.performance,
            ),
            operation=OperationEndpoints(
                variant=settings.variant,
                store=parts.store,
                client=parts.client,
                performance=parts.performance,
            ),
        ),
        pages=pages,
        performance=parts.performance,
        background=_make_background(settings, database, parts),
    )


def _make_parts(
    settings: MerchantSettings,
    database: Database,
    transport: httpx.AsyncBaseTransport | None,
    distance: Distance,
) -> _Parts:
    store = Store(database, distance)
    client = _build_client(settings, database, distance, transport)
    performance = Performance(settings.variant)
    later = Later(performance)
    signer = StateSigner(database.secret("callback_state"))
    desk = GatewayDesk(client=client, store=store, signer=signer, public_url=settings.public_url)
    attachment = choose_attachment(settings.variant, store, later)
    pending = asyncio.Event()
    return _Parts(
        store=store,
        client=client,
        performance=performance,
        later=later,
        landings=LandingPrices(time_scale=settings.time_scale),
        signer=signer,
        desk=desk,
        attachment=attachment,
        pending=pending,
        settlement=Settlement(
            store=store,
            desk=desk,
            attachment=attachment,
            pending=pending,
            time_scale=settings.time_scale,
        ),
    )


def _payment_endpoints(settings: MerchantSettings, parts: _Parts) -> PaymentEndpoints:
    checkout = choose_checkout(
        settings.variant,
        store=parts.store,
        intents=Intents(parts.store, parts.signer),
        desk=parts.desk,
        attachment=parts.attachment,
        landings=parts.landings,
        later=parts.later,
    )
    return PaymentEndpoints(
        checkout=checkout,
        settlement=parts.settlement,
        signer=parts.signer,
        performance=parts.performance,
    )


def _make_background(settings: MerchantSettings, database: Database, parts: _Parts) -> _Background:
    reconciler = Reconciler(
        store=parts.store,
        desk=parts.desk,
        settlement=parts.settlement,
        wake=parts.pending,
        time_scale=settings.time_scale,
    )
    refresher = None
    if refreshes_in_background(settings.variant):
        refresher = BackgroundRefresher(
            parts.client.tokens,
            renew_at=settings.tuning.background_renew_at,
            time_scale=settings.time_scale,
        )
    return _Background(
        reconciler=reconciler,
        refresher=refresher,
        later=parts.later,
        client=parts.client,
        database=database,
    )


def _build_client(
    settings: MerchantSettings,
    database: Database,
    distance: Distance,
    transport: httpx.AsyncBaseTransport | None,
) -> PaymentClient:
    return build_client(
        base_url=settings.gateway_url,
        credentials=settings.credentials,
        options=choose_client_options(settings.variant),
        store=TokenTable(database, distance, app_key=settings.credentials.app_key),
        transport=transport,
        time_scale=settings.time_scale,
        tuning=settings.tuning,
    )
