"""Which fault a call meets."""

import asyncio

import pytest

from harness.simulation import run_virtual
from mock_bkash import load_profile
from mock_bkash.fault import named_plan
from mock_bkash.injection import AnswerLost


@pytest.mark.parametrize(
    ("moment", "seen_s", "committed_s"), [("before", 6.0, 6.0), ("after", 6.0, 1.0)]
)
def test_a_late_answer_says_how_late_it_is(
    open_shop, moment: str, seen_s: float, committed_s: float
):
    """R2: in its modelled wait, on top of the operation's own second."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("constant"))
        await shop.grant()
        loop = asyncio.get_running_loop()
        before_s = loop.time()
        answer = await shop.call(
            "create", shop.order(), x_mock_fault=f"delay;seconds=5;moment={moment}"
        )
        assert loop.time() - before_s == seen_s
        assert answer.headers["server-timing"] == "model;dur=6000.000"
        call = (await shop.admin("GET", "journal"))["calls"][-1]
        assert (call["commit_ns"] - call["arrival_ns"]) / 1e9 == committed_s

    run_virtual(main())


def test_half_a_request_takes_no_time_and_does_nothing(open_shop):
    """It never reached bKash."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("constant"), approve="auto")
        await shop.grant()
        payment_id = (await shop.create())["paymentID"]
        before_s = asyncio.get_running_loop().time()
        with pytest.raises(AnswerLost) as lost:
            await shop.call("execute", {"paymentID": payment_id}, x_mock_fault="half_sent")
        assert lost.value.half_sent
        assert asyncio.get_running_loop().time() == before_s
        assert (await shop.query(payment_id))["transactionStatus"] == "Initiated"

    run_virtual(main())


async def test_a_misspelt_header_is_refused(shop):
    """A test that asks for a fault that does not exist must not pass."""
    answer = await shop.call("create", shop.order(), x_mock_fault="rest")
    assert answer.status_code == 400
    assert "did you mean 'reset'?" in answer.json()["message"]
    assert (await shop.admin("GET", "payments"))["total"] == 0


async def test_a_call_cannot_ask_to_be_refused(shop):
    """It has arrived."""
    answer = await shop.call("create", shop.order(), x_mock_fault="refused")
    assert answer.status_code == 400
    assert "it has arrived" in answer.json()["message"]


async def test_of_several_faults_the_first_that_fits_happens(shop):
    """A plan for another operation does not fit, and nor does an unknown one behind."""
    asked = "query-lag, status;status=504 , rest"
    answer = await shop.call("create", shop.order(), x_mock_fault=asked)
    assert answer.status_code == 504
    answer = await shop.call("create", shop.order(), x_mock_fault="query-lag")
    assert answer.json()["statusCode"] == "0000"
    report = await shop.admin("GET", "faults")
    assert report["single"] == {"status before": 1}


async def test_a_call_that_is_not_let_in_meets_no_fault(shop):
    """A wrong token is a 401 whatever was asked for."""
    answer = await shop.call(
        "create", shop.order(), authorization="x", x_mock_fault="status;status=503"
    )
    assert answer.status_code == 401
    assert (await shop.call("create", b"{", x_mock_fault="rest")).status_code == 400


async def test_a_closed_mock_does_not_listen_to_the_header(open_shop):
    """With the admin API goes the header; plans of the start stay in force."""
    shop = open_shop(admin=False, faults=(named_plan("status;status=503;first=1"),))
    await shop.grant()
    await shop.grant()
    answer = await shop.call("create", shop.order(), x_mock_fault="status;status=504;first=9")
    assert answer.status_code == 503
    answer = await shop.call("create", shop.order(), x_mock_fault="status;status=504;first=9")
    assert answer.json()["statusCode"] == "0000"


@pytest.mark.parametrize("token", [{}, {"x_admin_token": "guess"}])
async def test_where_there_is_an_admin_token_the_header_needs_it(open_shop, token):
    """A stranger breaks nothing, and a test that forgot it does not pass."""
    shop = open_shop(admin_token="s3cret")
    await shop.grant()
    asked = {"x_mock_fault": "status;status=504"}
    refused = await shop.call("create", shop.order(), **asked, **token)
    assert refused.status_code == 400
    assert refused.json()["message"].endswith("only beside a right X-Admin-Token")
    broken = await shop.call("create", shop.order(), **asked, x_admin_token="s3cret")
    assert broken.status_code == 504
    assert (await shop.call("create", shop.order())).json()["statusCode"] == "0000"


@pytest.mark.parametrize("where", ["payerReference", "page"])
async def test_a_magic_wallet_brings_its_fault_along(shop, where: str):
    """For clients that set no headers: from create's answer on, and for its own payment only."""
    other = await shop.approved(merchantInvoiceNumber="other")
    wallet = "01920000005"
    if where == "page":
        created = await shop.create()
        form = {"wallet": wallet, "otp": "123456", "pin": "12121"}
        page = await shop.http.post(shop.page(created), data=form)
        assert "status=success" in page.headers["location"]
        payment_id = created["paymentID"]
    else:
        payment_id = await shop.approved(payerReference=wallet)
    answers = [await shop.call("execute", {"paymentID": p}) for p in (payment_id, other)]
    assert [answer.status_code for answer in answers] == [504, 200]
    assert (await shop.query(payment_id))["transactionStatus"] == "Completed"
    assert (await shop.admin("GET", "faults"))["single"] == {"status after": 1}


async def test_a_magic_wallet_leaves_alone_what_its_plan_is_not_about(shop):
    """A plan in force is asked then."""
    await shop.admin("PUT", "faults", json={"plan": "status;status=500;operations=query_payment"})
    payment_id = await shop.approved(payerReference="01920000005")
    assert (await shop.call("query", {"paymentID": payment_id})).status_code == 500
    assert (await shop.call("execute", {"paymentID": payment_id})).status_code == 504


async def test_rules_select_by_what_a_call_is_about(shop):
    """M5: invoice, payment, wallet; for create by the body, for others by the payment."""
    faults = [
        {"fault": "status", "status": 501, "match": {"invoice": "a-*"}},
        {"fault": "status", "status": 502, "match": {"wallet": "01929918378"}},
        {"fault": "status", "status": 503, "match": {"app_key": "other"}},
    ]
    await shop.admin("PUT", "faults", json={"faults": faults})
    orders = {"merchantInvoiceNumber": "a-1"}, {"payerReference": "01929918378"}, {}
    answers = [await shop.call("create", shop.order(**changes)) for changes in orders]
    assert [answer.status_code for answer in answers] == [501, 502, 200]
    (plan,) = (await shop.admin("GET", "faults"))["plans"]
    assert [(rule["matched"], rule["fired"]) for rule in plan["faults"]] == [(1, 1), (1, 1), (0, 0)]
    assert plan["faults"][2]["unused"]


async def test_faults_and_counts_are_separate_per_app_key(shop, open_shop):
    """Parallel tests share one mock."""
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    plan = {"plan": "status;status=503;count=1"}
    await shop.admin("PUT", "faults", params={"app_key": "shop"}, json=plan)
    assert (await other.call("create", other.order())).status_code == 200
    assert (await shop.call("create", shop.order())).status_code == 503
    report = await shop.admin("GET", "faults", params={"app_key": "other"})
    assert report["plans"] == []


def test_the_same_seed_brings_the_same_faults_whatever_the_concurrency(open_shop):
    """M3: three hundred payments, one after the other and all at once."""

    async def outcomes(*, at_once: bool, seed: int = 5) -> list[int]:
        plan = named_plan("status;status=503;probability=0.3")
        shop = open_shop(profile=load_profile("guide"), seed=seed, faults=(plan,), approve="auto")
        while not shop.id_token:
            await shop.grant()

        async def pay(number: int) -> int:
            order = shop.order(merchantInvoiceNumber=f"inv-{number}")
            return int((await shop.call("create", order)).status_code)

        if at_once:
            return list(await asyncio.gather(*(pay(n) for n in range(300))))
        return [await pay(n) for n in range(300)]

    in_a_row = run_virtual(outcomes(at_once=False))
    assert run_virtual(outcomes(at_once=True)) == in_a_row
    assert run_virtual(outcomes(at_once=False, seed=6)) != in_a_row
    assert 60 <= in_a_row.count(503) <= 120


def test_a_profiles_faults_are_a_plan_of_their_own(open_shop):
    """It is reported like any other."""

    async def main() -> None:
        shop = open_shop(profile=load_profile("flaky"))
        while not shop.id_token:
            try:
                await shop.grant()
            except AnswerLost:
                continue
        (plan,) = (await shop.admin("GET", "faults"))["plans"]
        assert (plan["name"], plan["source"], len(plan["faults"])) == ("profile", "start", 5)

    run_virtual(main())


def test_an_outage_ends_by_itself(open_shop):
    """R28: a minute of the app key's own clock, which can be put forward."""

    async def main() -> None:
        shop = open_shop()
        await shop.grant()
        await shop.admin("PUT", "faults", json={"plan": "outage"})
        lost = 0
        for number in range(40):
            order = shop.order(merchantInvoiceNumber=f"inv-{number}")
            try:
                assert (await shop.call("create", order)).status_code == 503
            except AnswerLost:
                lost += 1
        assert 8 <= lost <= 32
        await shop.admin("POST", "clock", json={"advance_s": 60})
        assert (await shop.call("create", shop.order())).status_code == 200
        (plan,) = (await shop.admin("GET", "faults"))["plans"]
        assert plan["lifted"]

    run_virtual(main())
