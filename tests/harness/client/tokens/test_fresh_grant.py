"""Laws of the baseline."""

import pytest

from harness.client import Freshness, Token, Warmth
from harness.client.tokens import FreshGrant
from harness.errors import NotSent
from harness.simulation import run_virtual
from harness.stages import Timeline, current_timeline


def test_it_looks_the_token_up_and_grants_one_all_the_same(kit, bkash):
    """For each call; that is the guide's "before"."""
    store = kit.MemoryStore(delay_s=0.2)
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> list[tuple[str, int]]:
        timeline = Timeline(origin_ns=0)
        current_timeline.set(timeline)
        source = FreshGrant(kit.gateway(bkash.transport), store=store, freshness=Freshness())
        first, second = await source.token(), await source.token()
        assert (first.id_token, second.id_token) == ("id-1", "id-2")
        assert store.token is second
        assert source.counts().misses == source.counts().grants == 2
        assert source.age_s(second) == 2.0
        await source.aclose()
        return [(s.name, s.duration_ns) for s in timeline.stages]

    assert (
        run_virtual(main()) == [("token_lookup", 200_000_000), ("token_grant", 2_000_000_000)] * 2
    )
    assert store.loads == store.saves == 2


def test_without_a_store_it_only_grants(kit, bkash):
    """Nothing else is in the way."""

    async def main() -> None:
        source = FreshGrant(kit.gateway(bkash.transport), freshness=Freshness())
        assert (await source.token()).id_token == "id-1"
        assert (await source.replace(kit.token)).id_token == "id-2"

    run_virtual(main())


def test_there_is_nothing_to_warm(kit, bkash):
    """Prefetching for the baseline changes nothing, and says so."""

    async def main() -> None:
        source = FreshGrant(kit.gateway(bkash.transport), freshness=Freshness())
        assert (await source.warm()).warmth is Warmth.NOTHING_TO_WARM

    run_virtual(main())
    assert not bkash.calls


def test_a_grant_that_was_not_sent_is_missed_and_not_counted():
    """The caller had to wait; bKash saw nothing."""

    class Dead:
        async def grant(self) -> Token:
            raise NotSent("down", phase="token_grant")

        async def refresh(self, token: Token) -> Token:
            raise AssertionError("it never refreshes")

    async def main() -> None:
        source = FreshGrant(Dead(), freshness=Freshness())
        with pytest.raises(NotSent):
            await source.token()
        assert (source.counts().misses, source.counts().grants) == (1, 0)

    run_virtual(main())
