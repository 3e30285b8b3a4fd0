"""Laws of the six calls, spoken to bKash's recorded answers through respx."""

import asyncio
import json

import httpx
import pytest
import respx

from harness.client import (
    Deadline,
    Gateway,
    Order,
    Terms,
    Timeouts,
    Token,
    TransactionStatus,
    epoch_ns,
)
from harness.clock import NS_PER_S
from harness.errors import GatewayProtocolError, NotSent, OutcomeUnknown, Refused
from harness.simulation import run_virtual
from harness.stages import Timeline, current_timeline

BASE = "http://127.0.0.1:8700/v1.2.0-beta"
CHECKOUT = f"{BASE}/tokenized/checkout"
TERMS = Terms(amount_poisha=149_900, invoice="900000196")
PAYMENT_ID = "TR0011DV1567529737718"
GRANTED = {
    "expires_in": 3600,
    "token_type": "Bearer",
    "id_token": "eyJ0",
    "refresh_token": "eyJ1",
    "statusCode": "0000",
    "statusMessage": "Successful",
}
CREATED = {
    "statusCode": "0000",
    "statusMessage": "Successful",
    "paymentID": PAYMENT_ID,
    "bkashURL": f"https://sandbox.payment.bkash.com/redirect/tokenized/?paymentID={PAYMENT_ID}",
    "callbackURL": "http://shop/cb?origin=opm",
    "amount": "1499",
    "intent": "sale",
    "currency": "BDT",
    "paymentCreateTime": "2019-09-03T22:55:37:813 GMT+0600",
    "transactionStatus": "Initiated",
    "merchantInvoiceNumber": "900000196",
}
EXECUTED = {
    "statusCode": "0000",
    "statusMessage": "Successful",
    "paymentID": PAYMENT_ID,
    "customerMsisdn": "01770618575",
    "trxID": "6I3801RD1Q",
    "amount": "1499",
    "transactionStatus": "Completed",
    "currency": "BDT",
    "merchantInvoiceNumber": "900000196",
}


@pytest.fixture
def router() -> respx.Router:
    """Routes that must all be called; an unknown one fails the test."""
    return respx.Router(assert_all_mocked=True)


@pytest.fixture
def gateway(kit, router: respx.Router) -> Gateway:
    return kit.gateway(httpx.MockTransport(router.async_handler))


async def test_grant_sends_what_bkash_asks_for_and_reads_the_token(gateway, router, kit):
    """User and password as headers, keys in the body."""
    route = router.post(f"{CHECKOUT}/token/grant").respond(json=GRANTED)
    token = await gateway.grant()
    assert (token.id_token, token.refresh_token, token.lifetime_s) == ("eyJ0", "eyJ1", 3600.0)
    request = route.calls.last.request
    assert (request.headers["username"], request.headers["password"]) == ("user", "password")
    assert json.loads(request.content) == {"app_key": "app-key", "app_secret": "app-secret"}
    assert "authorization" not in request.headers


async def test_refresh_keeps_the_refresh_token_where_bkash_does_not_repeat_it(gateway, router, kit):
    """It lives for 28 days from its first issue."""
    answer = {key: value for key, value in GRANTED.items() if key != "refresh_token"}
    route = router.post(f"{CHECKOUT}/token/refresh").respond(json=answer)
    token = await gateway.refresh(kit.token)
    assert (token.id_token, token.refresh_token) == ("eyJ0", "refresh")
    assert json.loads(route.calls.last.request.content)["refresh_token"] == "refresh"


@pytest.mark.parametrize(
    "broken",
    [
        {"id_token": None},
        {"id_token": ""},
        {"id_token": "a\r\nX-Evil: 1"},
        {"id_token": "x" * 8_001},
        {"refresh_token": "x" * 8_001},
    ],
    ids=["none", "empty", "header injection", "too long", "refresh token too long"],
)
async def test_a_token_that_no_header_can_carry_is_no_token(gateway, router, broken):
    """It came from outside and goes into a header."""
    router.post(f"{CHECKOUT}/token/grant").respond(json={**GRANTED, **broken})
    with pytest.raises(GatewayProtocolError, match="no usable token"):
        await gateway.grant()


async def test_create_returns_where_the_shopper_approves(gateway, router, kit):
    """With token and app key in the headers."""
    route = router.post(f"{CHECKOUT}/create").respond(json=CREATED)
    created = await gateway.create(kit.token, Order(TERMS, "http://shop/cb?origin=opm", "7"))
    assert created.payment_id == PAYMENT_ID
    assert created.bkash_url.startswith("https://sandbox.payment.bkash.com/")
    request = route.calls.last.request
    assert (request.headers["authorization"], request.headers["x-app-key"]) == ("id-0", "app-key")
    assert json.loads(request.content)["amount"] == "1499"


async def test_execute_returns_the_receipt(gateway, router, kit):
    """Only with the terms that were agreed."""
    router.post(f"{CHECKOUT}/execute").respond(json=EXECUTED)
    status = await gateway.execute(kit.token, PAYMENT_ID, terms=TERMS)
    assert (status.status, status.trx_id) == (TransactionStatus.COMPLETED, "6I3801RD1Q")


async def test_r35_an_execute_for_another_amount_is_not_believed(gateway, router, kit):
    """The error says what was asked and what came, in poisha."""
    router.post(f"{CHECKOUT}/execute").respond(json={**EXECUTED, "amount": "14.99"})
    with pytest.raises(GatewayProtocolError, match="149900 poisha, answered with 1499 poisha"):
        await gateway.execute(kit.token, PAYMENT_ID, terms=TERMS)


async def test_query_says_where_a_payment_stands(gateway, router, kit):
    """With `merchantInvoice`, as query writes it."""
    answer = {
        "paymentID": PAYMENT_ID,
        "merchantInvoice": "900000196",
        "amount": "1499",
        "currency": "BDT",
        "transactionStatus": "Initiated",
        "verificationStatus": "Incomplete",
        "statusCode": "0000",
    }
    router.post(f"{CHECKOUT}/payment/status").respond(json=answer)
    status = await gateway.query(kit.token, PAYMENT_ID, terms=TERMS)
    assert (status.status, status.invoice) == (TransactionStatus.INITIATED, "900000196")


async def test_search_finds_a_receipt(gateway, router, kit):
    """By trxID."""
    answer = {
        "trxID": "6I3801RD1Q",
        "transactionStatus": "Completed",
        "amount": "20",
        "currency": "BDT",
        "statusCode": "0000",
    }
    router.post(f"{CHECKOUT}/general/searchTransaction").respond(json=answer)
    assert (await gateway.search(kit.token, "6I3801RD1Q")).amount_poisha == 2_000


async def test_a_business_error_is_a_refusal(gateway, router, kit):
    """HTTP 200 and a code."""
    router.post(f"{CHECKOUT}/create").respond(
        json={"statusCode": "2006", "statusMessage": "Invalid amount"}
    )
    with pytest.raises(Refused) as caught:
        await gateway.create(kit.token, Order(TERMS, "http://shop/cb"))
    assert (caught.value.status_code, caught.value.phase) == ("2006", "create_payment")


def test_each_kind_of_call_has_its_own_bound_scaled_to_the_wall(kit, bkash):
    """Payments and tokens, in modelled seconds."""
    bkash.delay_s = {"token_grant": 1e6, "query_payment": 1e6}

    async def main() -> None:
        loop = asyncio.get_running_loop()
        gateway = kit.gateway(
            bkash.transport, timeouts=Timeouts(payment_s=10.0, token_s=15.0), time_scale=0.1
        )
        with pytest.raises(OutcomeUnknown):
            await gateway.grant()
        assert loop.time() == 1.5
        with pytest.raises(OutcomeUnknown):
            await gateway.query(kit.token, "TR1")
        assert loop.time() == 2.5

    run_virtual(main())


def test_a_call_gets_the_rest_of_the_deadline(kit, bkash):
    """And is not sent at all after it."""
    bkash.delay_s = {"query_payment": 1e6}

    async def main() -> None:
        gateway = kit.gateway(bkash.transport)
        deadline = Deadline.after(4.0)
        with pytest.raises(OutcomeUnknown):
            await gateway.query(kit.token, "TR1", deadline=deadline)
        assert asyncio.get_running_loop().time() == 4.0
        with pytest.raises(NotSent):
            await gateway.query(kit.token, "TR1", deadline=deadline)

    run_virtual(main())
    assert bkash.calls["query_payment"] == 1


def test_a_token_counts_as_issued_when_it_was_asked_for(kit, bkash):
    """bKash issued it somewhere in between; the start is the safe guess."""
    bkash.delay_s = {"token_grant": 2.0}

    async def main() -> Token:
        token = await kit.gateway(bkash.transport).grant()
        assert epoch_ns() - token.issued_at_ns == 2 * NS_PER_S
        return token

    run_virtual(main())


def test_t7_a_short_life_is_not_over_before_it_began(kit, bkash):
    """At most a tenth of it is charged for the transit."""
    bkash.delay_s = {"token_grant": 2.0}
    bkash.lifetime = 1

    async def main() -> None:
        token = await kit.gateway(bkash.transport, time_scale=0.5).grant()
        assert epoch_ns() - token.issued_at_ns == NS_PER_S // 20

    run_virtual(main())


def test_every_call_is_a_stage_of_the_payment_also_when_it_fails(kit, bkash):
    """Named as the operation, as long as the call took."""
    bkash.delay_s = {"token_grant": 2.0, "create_payment": 1.0, "execute_payment": 0.5}
    bkash.script = {"execute_payment": [httpx.ReadError("")]}

    async def main() -> Timeline:
        timeline = Timeline(origin_ns=0)
        current_timeline.set(timeline)
        gateway = kit.gateway(bkash.transport)
        token = await gateway.grant()
        await gateway.create(token, kit.order)
        with pytest.raises(OutcomeUnknown):
            await gateway.execute(token, kit.PAYMENT_ID, terms=kit.terms)
        return timeline

    stages = [(s.name, s.duration_ns / NS_PER_S) for s in run_virtual(main()).stages]
    assert stages == [("token_grant", 2.0), ("create_payment", 1.0), ("execute_payment", 0.5)]


@pytest.mark.parametrize("time_scale", [0.0, -1.0, float("inf"), float("nan")])
def test_a_time_scale_that_stops_time_is_refused(kit, bkash, time_scale: float):
    """Zero, negative, endless and not-a-number."""
    with pytest.raises(ValueError, match="time_scale"):
        kit.gateway(bkash.transport, time_scale=time_scale)


async def test_closing_the_gateway_closes_its_transport(kit):
    """It was given away."""
    closed = []

    class Transport(httpx.MockTransport):
        async def aclose(self) -> None:
            closed.append(True)

    await kit.gateway(Transport(lambda request: httpx.Response(200))).aclose()
    assert closed == [True]
