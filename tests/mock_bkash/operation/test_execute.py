"""Execute: money moves here, once."""

import asyncio

import pytest
from hypothesis import given, settings, strategies as st

from harness.simulation import run_virtual
from mock_bkash import load_profile


async def test_execute_answers_as_recorded(shop):
    """The trace of 2019: key order, types, no more and no less."""
    payment_id = await shop.approved()
    executed = await shop.execute(payment_id)
    assert list(executed) == [
        *("statusCode", "statusMessage", "paymentID", "payerReference", "customerMsisdn", "trxID"),
        *("amount", "transactionStatus", "paymentExecuteTime", "currency", "intent"),
        "merchantInvoiceNumber",
    ]
    assert (executed["transactionStatus"], executed["amount"]) == ("Completed", "1499")
    assert all(isinstance(value, str) for value in executed.values())


async def test_execute_before_the_approval_is_2056(shop):
    """And moves nothing."""
    created = await shop.create()
    assert await shop.execute(created["paymentID"]) == {
        "statusCode": "2056",
        "statusMessage": "Invalid Payment State",
    }
    assert (await shop.admin("GET", "ledger"))["captures"] == []


async def test_a_second_execute_is_2062(shop):
    """Already settled: ask what became of it."""
    payment_id = await shop.approved()
    assert (await shop.execute(payment_id))["statusCode"] == "0000"
    assert (await shop.execute(payment_id))["statusCode"] == "2062"
    assert len((await shop.admin("GET", "ledger"))["captures"]) == 1


@pytest.mark.parametrize(
    ("body", "code"), [({}, "2065"), ({"paymentID": None}, "2065"), ({"paymentID": "TR1"}, "2002")]
)
async def test_a_payment_that_is_not_named_or_not_known(shop, body, code: str):
    """Each has its code."""
    assert (await shop.call("execute", body)).json()["statusCode"] == code


async def test_another_merchants_payment_looks_like_none(shop, open_shop):
    """The same bytes as for a payment that does not exist."""
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    payment_id = await shop.approved()
    for name in ("execute", "query"):
        theirs = await other.call(name, {"paymentID": payment_id})
        none = await other.call(name, {"paymentID": "TR0011AAAAAAA1767247200000"})
        assert theirs.content == none.content
    assert (await shop.execute(payment_id))["statusCode"] == "0000"


def test_one_success_per_payment_however_many_execute_at_once(open_shop):
    """M1: 32 at a time, with latencies of their own: 1 success, 31 times "already".

    Twenty rounds here; the 10,000 over sockets are run by `make peers`.
    """

    async def main() -> None:
        shop = open_shop(profile=load_profile("guide"), token_lifetime_s=86_400)
        await shop.grant()
        for _ in range(20):
            payment_id = await shop.approved()
            answers = await asyncio.gather(*(shop.execute(payment_id) for _ in range(32)))
            codes = sorted(answer["statusCode"] for answer in answers)
            assert codes == ["0000"] + ["2117"] * 31
        assert len((await shop.admin("GET", "ledger"))["captures"]) == 20

    run_virtual(main())


def test_executes_of_any_timing_capture_once(open_shop):
    """Property: whatever the start times, one execute succeeds and one capture is booked."""

    @given(starts_ms=st.lists(st.integers(0, 4000), min_size=1, max_size=12))
    @settings(max_examples=40, deadline=None)
    def law(starts_ms: list[int]) -> None:
        async def one(shop, payment_id: str, start_ms: int) -> str:
            await asyncio.sleep(start_ms / 1000)
            code: str = (await shop.execute(payment_id))["statusCode"]
            return code

        async def main() -> None:
            shop = open_shop(profile=load_profile("guide"), approve="auto")
            await shop.grant()
            payment_id = (await shop.create())["paymentID"]
            codes = await asyncio.gather(*(one(shop, payment_id, s) for s in starts_ms))
            assert codes.count("0000") == 1
            assert set(codes) <= {"0000", "2062", "2117"}
            assert len((await shop.admin("GET", "ledger"))["captures"]) == 1

        run_virtual(main())

    law()


def test_the_state_is_judged_at_the_commit_point(open_shop):
    """An execute that arrives before the approval succeeds if the approval comes in its time."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("constant"))
        await shop.grant()
        payment_id = (await shop.create())["paymentID"]
        executing = asyncio.ensure_future(shop.execute(payment_id))
        await asyncio.sleep(0.9)
        await shop.admin("POST", f"payments/{payment_id}/approve")
        assert (await executing)["statusCode"] == "0000"

    run_virtual(main())


async def test_of_two_equal_payments_approved_at_once_one_is_executed(shop):
    """The page let both through, because none was paid yet."""
    both = [await shop.create() for _ in range(2)]
    for created in both:
        assert await shop.confirm(created, "01770618575") == "success"
    codes = [(await shop.execute(created["paymentID"]))["statusCode"] for created in both]
    assert codes == ["0000", "2029"]
    assert len((await shop.admin("GET", "ledger"))["captures"]) == 1
    again = (await shop.execute(both[1]["paymentID"]))["statusCode"]
    assert again == "2056", "a payment has one execution"


async def test_an_agreement_is_executed_once(shop):
    """Its codes are its own, before, after, and when it was given up."""
    created = await shop.ask_agreement()
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "2054"
    await shop.admin("POST", f"payments/{created['paymentID']}/approve")
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "0000"
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "2116"
    given_up = await shop.ask_agreement()
    await shop.admin("POST", f"payments/{given_up['paymentID']}/cancel")
    assert (await shop.execute(given_up["paymentID"]))["statusCode"] == "2055"
