"""Laws of getting a new token."""

import asyncio
import contextlib
from collections.abc import Sequence

import pytest

from harness.client import Freshness, Token
from harness.client.tokens.renewal import COOL_DOWN_S, Renewal, cool_down_s
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown, PaymentError, Refused
from harness.simulation import run_virtual

OLD = Token("old", "again", 0, 3600.0)
NEW = Token("new", "again", 0, 3600.0)


def refused() -> Refused:
    return Refused("no", phase="token_grant", status_code="2001", status_message="no")


def unknown() -> OutcomeUnknown:
    return OutcomeUnknown("lost", phase="token_refresh")


class Scripted:
    """Give what is scripted, then new tokens; remember what was asked."""

    def __init__(self, *script: PaymentError | None) -> None:
        self.script = list(script)
        self.asked: list[str] = []

    async def grant(self) -> Token:
        return self._next("grant")

    async def refresh(self, token: Token) -> Token:
        return self._next("refresh")

    def _next(self, what: str) -> Token:
        self.asked.append(what)
        answer = self.script.pop(0) if self.script else None
        if answer is not None:
            raise answer
        return NEW


def asked(script: Sequence[PaymentError | None], *olds: Token | None, **how: bool) -> list[str]:
    """Renew once for each old token, passing over failures; return the calls that were made."""
    gateway = Scripted(*script)

    async def main() -> None:
        renewal = Renewal(gateway, Freshness(), by_refresh=how.get("by_refresh", True))
        for old in olds:
            with contextlib.suppress(PaymentError):
                await renewal.renew(old)
        unsent = [error.phase for error in script if isinstance(error, NotSent)]
        assert renewal.grants == gateway.asked.count("grant") - unsent.count("token_grant")
        assert renewal.refreshes == gateway.asked.count("refresh") - unsent.count("token_refresh")

    run_virtual(main())
    return gateway.asked


def test_a_known_token_is_refreshed():
    """It costs no grant."""
    assert asked([], OLD) == ["refresh"]


@pytest.mark.parametrize("old", [None, Token("old", "", 0, 3600.0)])
def test_without_a_refresh_token_one_is_granted(old: Token | None):
    """On a cold start, or where bKash gave none."""
    assert asked([], old) == ["grant"]


def test_without_the_optimization_every_renewal_is_a_grant():
    """`token_store` alone grants on a 401, as the guide does."""
    assert asked([], OLD, by_refresh=False) == ["grant"]


@pytest.mark.parametrize("error", [refused(), GatewayProtocolError("?", phase="token_refresh")])
def test_t9_a_refused_or_unreadable_refresh_falls_back_to_one_grant(error: PaymentError):
    """Expired after 28 days, rotated, revoked: a grant still helps; then refreshing works again."""
    assert asked([error, None], OLD, NEW) == ["refresh", "grant", "refresh"]


def test_a_refresh_that_got_lost_is_not_waited_for_twice():
    """Its time is spent; whoever comes next goes straight to the grant."""
    assert asked([unknown(), None], OLD, OLD, NEW) == ["refresh", "grant", "refresh"]


def test_a_refresh_that_was_not_sent_says_nothing_about_refreshing():
    """The line is down, and a grant would fail alike."""
    assert asked([NotSent("", phase="token_refresh")], OLD, OLD) == ["refresh", "refresh"]


def test_a_grant_that_was_not_sent_is_not_counted():
    """bKash's two an hour are of those that it saw."""
    assert asked([NotSent("", phase="token_grant")], None, None) == ["grant", "grant"]


def test_t6_a_refused_grant_is_remembered_for_the_cool_down():
    """Wrong credentials are not tried again with every payment."""
    gateway = Scripted(refused())

    async def main() -> None:
        renewal = Renewal(gateway, Freshness(time_scale=0.1), by_refresh=True)
        renewal.check()
        with pytest.raises(Refused):
            await renewal.renew(None)
        await asyncio.sleep(COOL_DOWN_S * 0.1 - 0.001)
        with pytest.raises(Refused):
            await renewal.renew(None)
        with pytest.raises(Refused):
            renewal.check()
        await asyncio.sleep(0.002)
        renewal.check()
        assert await renewal.renew(None) is NEW

    run_virtual(main())
    assert gateway.asked == ["grant", "grant"]


def test_what_is_not_a_refusal_is_not_remembered():
    """A lost grant may be tried again at once."""
    assert asked([OutcomeUnknown("", phase="token_grant")], None, None) == ["grant", "grant"]


def test_a_replacement_that_is_rejected_too_is_not_replaced_within_the_cool_down():
    """Then tokens are not what is wrong."""

    async def main() -> None:
        renewal = Renewal(Scripted(), Freshness(), by_refresh=True)
        renewal.check_rejected(OLD)
        renewal.note_replacement(NEW)
        renewal.check_rejected(OLD)
        with pytest.raises(Refused) as caught:
            renewal.check_rejected(NEW)
        assert (caught.value.status_code, caught.value.http_status) == ("401", 401)
        await asyncio.sleep(COOL_DOWN_S + 0.001)
        renewal.check_rejected(NEW)

    run_virtual(main())


def test_the_cool_down_is_short_for_short_lives():
    """A quarter of a life at most, or tokens of 20 s could not be replaced in theirs."""
    assert cool_down_s(None) == cool_down_s(OLD) == 30.0
    assert cool_down_s(Token("t", "", 0, 20.0)) == 5.0
