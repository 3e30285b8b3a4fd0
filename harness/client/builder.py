"""Puts a payment client together from switches; each switch is one idea and turns on no other."""

from dataclasses import dataclass

import httpx

from harness.client.credentials import Credentials
from harness.client.gateway import Gateway
from harness.client.payment_client import PaymentClient
from harness.client.retry import NO_RETRIES, RetryPolicy
from harness.client.timeouts import DOCUMENTED_TIMEOUTS
from harness.client.tokens import (
    CachedTokens,
    FreshGrant,
    Freshness,
    StoredTokens,
    TokenSource,
    TokenStore,
)
from harness.client.transports import PooledTransport
from harness.client.tuning import AS_IN_THE_GUIDE, Tuning

__all__ = ["ClientOptions", "build_client"]


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """Switch the client's optimizations on; all off is the way most shops begin.

    Attributes:
        token_store: use the token in the store until it expires, instead of granting anew.
        token_cache: keep it in memory, and make one grant for all who miss at once.
        early_refresh: renew it at 55 of its 60 minutes, in the background.
        timeouts: wait 10 s for payments and 15 s for tokens, with one deadline and safe retries.
        pooled_connections: keep connections to the gateway open between calls.
    """

    token_store: bool = False
    token_cache: bool = False
    early_refresh: bool = False
    timeouts: bool = False
    pooled_connections: bool = False


ALL_OFF = ClientOptions()


def build_client(
    *,
    base_url: str,
    credentials: Credentials,
    options: ClientOptions = ALL_OFF,
    store: TokenStore | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    time_scale: float = 1.0,
    jitter_key: str | None = None,
    tuning: Tuning = AS_IN_THE_GUIDE,
) -> PaymentClient:
    """Return a client; nothing is opened or sent before its first call.

    Args:
        base_url: up to and including the version, `https://…/v1.2.0-beta`.
        credentials: of the merchant.
        options: what is switched on.
        store: where tokens are kept; without `token_store` only the baseline touches it, which
            looks the token up and saves it, and grants a new one all the same.
        transport: how to reach the gateway; None: a `PooledTransport`. Closed with the client.
        time_scale: wall seconds per modelled second.
        jitter_key: tells processes of one merchant apart, so that they do not renew at the same
            moment; None: the app key.
        tuning: the numbers behind the switches.

    Raises:
        ConfigurationError: the base URL cannot be used.
        ValueError: `token_store` without a store.
    """
    gateway = Gateway(
        base_url,
        credentials,
        PooledTransport() if transport is None else transport,
        timeouts=tuning.timeouts if options.timeouts else DOCUMENTED_TIMEOUTS,
        keep_alive=options.pooled_connections,
        time_scale=time_scale,
    )
    freshness = Freshness(
        renew_at=tuning.early_renew_at if options.early_refresh else None,
        time_scale=time_scale,
        jitter_key=credentials.app_key if jitter_key is None else jitter_key,
    )
    return PaymentClient(
        gateway,
        _token_source(gateway, freshness, options, store),
        retries=RetryPolicy(time_scale=time_scale) if options.timeouts else NO_RETRIES,
    )


def _token_source(
    gateway: Gateway, freshness: Freshness, options: ClientOptions, store: TokenStore | None
) -> TokenSource:
    if options.token_store and store is None:
        raise ValueError("token_store needs a store")
    if options.token_cache:
        kept = store if options.token_store else None
        return CachedTokens(gateway, store=kept, freshness=freshness)
    if options.token_store and store is not None:
        return StoredTokens(gateway, store=store, freshness=freshness)
    return FreshGrant(gateway, store=store, freshness=freshness)
