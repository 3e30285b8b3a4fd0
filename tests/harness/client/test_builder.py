"""Laws of putting a client together."""

import itertools

import pytest

from harness.client import (
    DOCUMENTED_TIMEOUTS,
    TIGHT_TIMEOUTS,
    CachedTokens,
    ClientOptions,
    FreshGrant,
    StoredTokens,
    build_client,
)
from harness.errors import ConfigurationError
from harness.simulation import run_virtual

FLAGS = ("token_store", "token_cache", "early_refresh", "timeouts", "pooled_connections")


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, FreshGrant),
        ({"early_refresh": True}, FreshGrant),
        ({"token_store": True}, StoredTokens),
        ({"token_store": True, "early_refresh": True}, StoredTokens),
        ({"token_cache": True}, CachedTokens),
        ({"token_store": True, "token_cache": True}, CachedTokens),
    ],
    ids=str,
)
def test_each_combination_has_its_own_way_with_tokens(kit, bkash, options, kind):
    """A flag never switches another on."""
    client = kit.client(bkash.transport, store=kit.MemoryStore(), **options)
    assert type(client.tokens) is kind


@pytest.mark.parametrize("values", list(itertools.product((False, True), repeat=len(FLAGS))))
def test_every_combination_of_switches_completes_payments(kit, bkash, values):
    """Thirty-two clients, two payments each."""

    async def main() -> None:
        options = dict(zip(FLAGS, values, strict=True))
        client = kit.client(bkash.transport, store=kit.MemoryStore(), **options)
        for payment_id in ("TR1", "TR2"):
            await client.create(kit.order)
            await client.execute(payment_id, terms=kit.terms)
        await client.aclose()

    run_virtual(main())
    assert bkash.captured == ["TR1", "TR2"]


@pytest.mark.parametrize("options", [{}, {"token_store": True}], ids=["baseline", "token_store"])
def test_the_baseline_and_the_store_touch_the_database(kit, bkash, options):
    """The baseline looks the token up and does not use it."""
    store = kit.MemoryStore()

    async def main() -> None:
        client = kit.client(bkash.transport, store=store, **options)
        await client.tokens.token()
        await client.tokens.token()

    run_virtual(main())
    assert store.loads == 2
    assert bkash.calls["token_grant"] == (1 if options else 2)


def test_a_cache_without_the_store_keeps_tokens_in_memory_only(kit, bkash):
    """Even where a store is at hand."""
    store = kit.MemoryStore()

    async def main() -> None:
        await kit.client(bkash.transport, store=store, token_cache=True).tokens.token()

    run_virtual(main())
    assert store.loads == store.saves == 0


def test_a_store_that_is_switched_on_and_missing_is_a_mistake(kit, bkash):
    """Found at start."""
    with pytest.raises(ValueError, match="needs a store"):
        kit.client(bkash.transport, token_store=True)


@pytest.mark.parametrize(
    ("options", "timeouts"),
    [({}, DOCUMENTED_TIMEOUTS), ({"timeouts": True}, TIGHT_TIMEOUTS)],
    ids=["documented", "tight"],
)
def test_timeouts_are_the_documented_ones_or_the_guides(kit, bkash, options, timeouts):
    """30 s everywhere, or 10 and 15."""
    assert kit.client(bkash.transport, **options).gateway.timeouts == timeouts


@pytest.mark.parametrize("pooled", [True, False])
def test_connections_are_kept_only_where_that_is_switched_on(kit, bkash, pooled: bool):
    """The same transport, and a header."""

    async def main() -> None:
        client = kit.client(bkash.transport, token_cache=True, pooled_connections=pooled)
        await client.tokens.token()

    run_virtual(main())
    expected = None if pooled else "close"
    assert bkash.requests[0].headers.get("connection") == expected


async def test_without_a_transport_the_pooled_one_is_taken(kit):
    """It counts its connections, and opens with the first call: an unused client costs nothing."""
    client = build_client(base_url=kit.BASE, credentials=kit.credentials)
    assert client.gateway.counts().connections_opened == 0
    await client.aclose()


def test_an_unusable_address_is_the_users_to_mend(kit, bkash):
    """Before anything is sent."""
    with pytest.raises(ConfigurationError):
        build_client(base_url="bkash", credentials=kit.credentials, transport=bkash.transport)


def test_nothing_is_switched_on_by_default():
    """That is how most shops begin."""
    assert not any(getattr(ClientOptions(), flag) for flag in FLAGS)
