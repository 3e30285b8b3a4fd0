"""What the probe asks the mock."""

import httpx
import pytest

from harness.errors import InvalidRunError
from harness.probe.mock_desk import OWN_KEY, MockDesk
from mock_bkash import MockConfig, create_app, load_profile


def desk() -> MockDesk:
    app = create_app(MockConfig(profile=load_profile("fast")))
    return MockDesk("http://mock.test", transport=httpx.ASGITransport(app=app))


def odd_desk(answer: httpx.Response) -> MockDesk:
    return MockDesk("http://mock.test", transport=httpx.MockTransport(lambda request: answer))


async def test_the_probes_own_calls_are_kept_apart():
    """Its app key is none of the shop's, and its refused calls are written down at once."""
    async with desk() as ours:
        await ours.open_own()
        await ours.touch()
        assert await ours.app_keys() == []
        assert await ours.strangers() == 0
        calls = await ours.own_calls()
    assert [call.operation for call in calls] == ["token_grant", "query_payment"]
    assert calls[-1].status == 401
    assert calls[-1].modelled_wait_us == 0


async def test_faults_can_be_planned_before_a_shop_has_called():
    """The mock takes a plan for an app key that it does not know yet, and refuses nonsense."""
    hang = {"fault": "hang", "operations": ["execute_payment"]}
    async with desk() as ours:
        assert await ours.plan_faults("k", [hang])
        assert not await ours.plan_faults("k", [{"fault": "no-such"}])


async def test_an_unknown_payment_cannot_be_approved():
    """The desk says so and raises nothing."""
    async with desk() as ours:
        assert not await ours.approve("TR-unknown")


async def test_what_is_no_mock_is_told():
    """A port on which something else listens is an invalid run, in a sentence."""
    for answer in (httpx.Response(404), httpx.Response(200, content=b"<html>")):
        async with odd_desk(answer) as stranger:
            with pytest.raises(InvalidRunError, match=r"http://mock\.test"):
                await stranger.journal("k")


async def test_money_and_amounts_are_read_from_the_books():
    """The ledger and the payments are the mock's own account."""
    async with desk() as ours:
        await ours.open_own()
        assert await ours.amount_poisha(OWN_KEY, "TR-unknown") is None
