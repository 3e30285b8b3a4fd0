"""Laws of what the client asks of a token source."""

import pytest

from harness.client import BACKGROUND_RENEW_AT, EARLY_RENEW_AT, Freshness, TokenSource, WarmReport
from harness.client.tokens import CachedTokens, FreshGrant, StoredTokens, Warmth


def test_the_windows_are_the_guides():
    """Stale at 55 of 60 minutes; the cron job comes every 45."""
    assert round(3600 * EARLY_RENEW_AT) == 55 * 60
    assert round(3600 * BACKGROUND_RENEW_AT) == 45 * 60


@pytest.mark.parametrize("kind", [FreshGrant, StoredTokens, CachedTokens])
def test_every_source_does_all_that_is_asked(kit, bkash, kind):
    """A shop changes from one to the other without touching anything else."""
    gateway = kit.gateway(bkash.transport)
    source: TokenSource = kind(gateway, store=kit.MemoryStore(), freshness=Freshness())
    for name in ("token", "replace", "warm", "age_s", "counts", "aclose"):
        assert callable(getattr(source, name))


def test_a_report_of_nothing_is_never_due():
    """A background job that reads it can end."""
    assert WarmReport(Warmth.NOTHING_TO_WARM).due_s is None
