"""Every code of bKash's catalogue can be reached, and docs/mock-errors.md says how."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from mock_bkash.magic import Step
from mock_bkash.wire import MESSAGES

PAGE = Path(__file__).parents[2] / "docs" / "mock-errors.md"
DAY_S = 86_400

Way = Callable[[Any], Awaitable[str | None]]


def ordered(**changes: Any) -> Way:
    async def way(shop: Any) -> str | None:
        return (await shop.create(**changes))["statusCode"]

    return way


def asked(name: str, **fields: Any) -> Way:
    async def way(shop: Any) -> str | None:
        return (await shop.ask(name, **fields))["statusCode"]

    return way


def declined(*entries: dict[str, str], wallet: str = "01770618575") -> Way:
    async def way(shop: Any) -> str | None:
        created = await shop.create()
        for form in entries or ({"otp": "123456", "pin": "12121"},):
            await shop.http.post(shop.page(created), data={"wallet": wallet, **form})
        (payment,) = (await shop.admin("GET", "payments"))["payments"]
        return payment["declined_with"]

    return way


def shown(code: str, **form: str) -> Way:
    async def way(shop: Any) -> str | None:
        page = shop.page(await shop.create())
        answer = await shop.http.post(page, data={"wallet": "01770618575", **form})
        problem = re.search(r'class="problem"[^>]*>([^<]*)<', answer.text)
        assert problem is not None
        return code if problem[1].strip() == MESSAGES[code] else problem[1]

    return way


def refunded(after_s: float = 0, *, times: int = 1, **changes: str) -> Way:
    async def way(shop: Any) -> str | None:
        payment_id, trx_id = await shop.paid()
        body = {"paymentID": payment_id, "trxID": trx_id, "amount": "1", "sku": "s", "reason": "r"}
        await shop.advance(after_s)
        await shop.grant()
        code = None
        for _ in range(times):
            code = (await shop.ask("refund", **{**body, **changes}))["statusCode"]
        return code

    return way


def refunded_v2(name: str, *, times: int = 1, **changes: str) -> Way:
    async def way(shop: Any) -> str | None:
        payment_id, trx_id = await shop.paid()
        body = {"paymentId": payment_id, "trxId": trx_id, "sku": "s", "reason": "r"}
        code = None
        for part in range(times):
            amount = changes.get("refundAmount", str(part + 1))
            fields = {**body, **changes, "refundAmount": amount}
            code = (await shop.ask(name, **fields)).get("externalCode")
        return code

    return way


async def executed_early(shop: Any) -> str | None:
    return (await shop.execute((await shop.create())["paymentID"]))["statusCode"]


async def executed_twice(shop: Any) -> str | None:
    payment_id, _ = await shop.paid()
    return (await shop.execute(payment_id))["statusCode"]


async def agreed_early(shop: Any) -> str | None:
    return (await shop.execute((await shop.ask_agreement())["paymentID"]))["statusCode"]


async def agreed_late(shop: Any) -> str | None:
    created = await shop.ask_agreement()
    await shop.admin("POST", f"payments/{created['paymentID']}/cancel")
    return (await shop.execute(created["paymentID"]))["statusCode"]


async def agreed_twice(shop: Any) -> str | None:
    created = await shop.ask_agreement()
    await shop.admin("POST", f"payments/{created['paymentID']}/approve")
    codes = [(await shop.execute(created["paymentID"]))["statusCode"] for _ in range(2)]
    return codes[1]


async def agreed_again(shop: Any) -> str | None:
    await shop.agree(wallet="01770618575")
    await shop.confirm(await shop.ask_agreement(), "01770618575")
    return (await shop.admin("GET", "payments"))["payments"][1]["declined_with"]


async def cancelled_twice(shop: Any) -> str | None:
    agreement_id = await shop.agree()
    await shop.ask("agreement cancel", agreementID=agreement_id)
    return (await shop.ask("agreement cancel", agreementID=agreement_id))["statusCode"]


async def incomplete(shop: Any) -> str | None:
    asking = (await shop.ask_agreement())["paymentID"]
    return (await shop.create(mode="0001", agreementID=asking))["statusCode"]


async def settled_twice(shop: Any) -> str | None:
    payment_id, _ = await shop.paid(intent="authorization")
    codes = [(await shop.ask("capture", paymentID=payment_id))["statusCode"] for _ in range(2)]
    return codes[1]


async def refunded_early(shop: Any) -> str | None:
    body = {"paymentID": await shop.approved(), "trxID": "X", "amount": "1", "sku": "s"}
    return (await shop.ask("refund", **body, reason="r"))["statusCode"]


async def paid_twice(shop: Any) -> str | None:
    for _ in range(2):
        created = await shop.create()
        await shop.confirm(created, "01770618575")
        await shop.execute(created["paymentID"])
    return (await shop.admin("GET", "payments"))["payments"][1]["declined_with"]


async def foreign_key(shop: Any) -> str | None:
    answer = await shop.call("query", {"paymentID": "TR1"}, x_app_key="other")
    return answer.json()["statusCode"]


async def stale_refresh(shop: Any) -> str | None:
    return (await shop.grant(path="refresh", refresh_token="stale"))["statusCode"]


async def wrong_password(shop: Any) -> str | None:
    shop.password = "wrong"
    return (await shop.grant())["statusCode"]


NATURAL: dict[str, Way] = {
    "0000": ordered(),
    "2001": foreign_key,
    "2002": asked("execute", paymentID="TR1"),
    "2006": ordered(amount="0"),
    "2007": ordered(currency="USD"),
    "2008": ordered(intent="gift"),
    "2009": shown("2009", wallet="0177"),
    "2014": shown("2014", otp="123456", pin="0"),
    "2015": declined(*[{"otp": "123456", "pin": "0"}] * 3),
    "2016": shown("2016", otp="0"),
    "2017": declined(*[{"otp": "0"}] * 3),
    "2023": declined(wallet="01823074817"),
    "2029": paid_twice,
    "2031": ordered(merchantInvoiceNumber="a&b"),
    "2033": asked("search", trxID="X"),
    "2034": refunded(times=2),
    "2037": declined(wallet="01823074818"),
    "2047": ordered(merchantAssociationInfo="MI"),
    "2048": ordered(payerReference=""),
    "2049": ordered(callbackURL="/cb"),
    "2050": agreed_again,
    "2051": asked("agreement status", agreementID="x"),
    "2052": incomplete,
    "2053": cancelled_twice,
    "2054": agreed_early,
    "2055": agreed_late,
    "2056": executed_early,
    "2057": shown("2057", wallet="01711111111"),
    "2062": executed_twice,
    "2063": ordered(mode="7"),
    "2064": ordered(mode="0002"),
    "2065": ordered(currency=None),
    "2071": refunded(after_s=15 * DAY_S + 1),
    "2072": refunded(amount="0"),
    "2073": refunded(sku=" "),
    "2074": refunded_v2("refund v2", times=11),
    "2075": refunded(sku="s" * 256),
    "2076": refunded(reason="r" * 256),
    "2077": refunded(trxID="X"),
    "2078": refunded(reason=" "),
    "2079": stale_refresh,
    "2116": agreed_twice,
    "2119": settled_twice,
    "2127": refunded_early,
    "3045": refunded_v2("refund status v2", trxId="X"),
    "9999": wrong_password,
}

ELSEWHERE = {
    "2003": ("dialect/test_tokenized.py", "test_there_may_be_no_search"),
    "2060": ("dialect/test_tokenized.py", "test_another_code_before_the_approval"),
    "2117": (
        "operation/test_execute.py",
        "test_one_success_per_payment_however_many_execute_at_once",
    ),
}
"""Where a code is reached that takes another configuration, or many calls at once."""

REFUSALS = sorted(set(MESSAGES) - {"0000"})


@pytest.mark.parametrize("code", sorted(NATURAL))
async def test_a_code_with_a_rule_is_reached_by_breaking_it(shop, code: str):
    """As at bKash."""
    assert await NATURAL[code](shop) == code


@pytest.mark.parametrize("code", REFUSALS)
async def test_every_code_is_reached_at_execute_by_its_invoice(shop, code: str):
    """The payment is then what the code says of it."""
    payment_id = await shop.approved(merchantInvoiceNumber=f"mock-execute-{code}-order-1")
    answer = await shop.execute(payment_id)
    assert answer == {"statusCode": code, "statusMessage": MESSAGES[code]}
    status = (await shop.query(payment_id))["transactionStatus"]
    done_already = code in {"2062", "2068", "2116", "2117"}
    assert status == ("Completed" if done_already else "Initiated")
    again = (await shop.execute(payment_id))["statusCode"]
    transient = code in {"503", "2003", "2020", "2024"}
    assert again == ("0000" if transient else "2062" if done_already else "2056")


@pytest.mark.parametrize("code", REFUSALS)
async def test_every_code_is_reached_on_the_page_by_its_wallet(shop, code: str):
    """For clients that choose neither invoice nor reference."""
    wallet = f"0190000{code:0>4}"
    assert await declined(wallet=wallet)(shop) == code


async def test_a_wallet_is_refused_at_execute_too(shop):
    """After it was let through on the page."""
    created = await shop.create()
    assert await shop.confirm(created, "01910002040") == "success"
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "2040"


async def step_of_token(shop: Any, step: Step, word: str) -> Any:
    # An app key of its own, as a user name is fixed from the first grant on.
    other = type(shop)(shop.http, app_key="other", username=word)
    granted = await other.grant()
    if step is Step.GRANT:
        return granted
    return await other.grant(path="refresh", refresh_token=other.refresh_token)


async def step_of_order(shop: Any, step: Step, word: str) -> Any:
    if step is Step.CREATE:
        return await shop.create(merchantInvoiceNumber=word)
    if step is Step.EXECUTE:
        return await shop.execute(await shop.approved(merchantInvoiceNumber=word))
    created = await shop.create(merchantInvoiceNumber=word)
    assert await shop.confirm(created, "01770618575") == "failure"
    (payment,) = (await shop.admin("GET", "payments"))["payments"]
    return {"statusCode": payment["declined_with"]}


async def step_of_payment(shop: Any, step: Step, word: str) -> Any:
    intent = "authorization" if step in (Step.CAPTURE, Step.VOID) else "sale"
    payment_id, trx_id = await shop.paid(merchantInvoiceNumber=word, intent=intent)
    if step is Step.SEARCH:
        return await shop.ask("search", trxID=trx_id)
    return await shop.ask(step.value, paymentID=payment_id)


async def step_of_refund(shop: Any, step: Step, word: str) -> Any:
    payment_id, trx_id = await shop.paid(merchantInvoiceNumber=word)
    ids = {"paymentID": payment_id, "trxID": trx_id}
    v2 = {"paymentId": payment_id, "trxId": trx_id}
    why = {"sku": "s", "reason": "r"}
    if step is Step.REFUND:
        other = await shop.ask("refund v2", **v2, **why, refundAmount="1")
        first = await shop.ask("refund", **ids, **why, amount="1")
    else:
        await shop.ask("refund", **ids, **why, amount="1")
        other = await shop.ask("refund status v2", **v2)
        first = await shop.ask("refund", **ids)
    assert other["externalCode"] == first["statusCode"]
    return first


async def step_of_agreement(shop: Any, step: Step, word: str) -> Any:
    agreement_id = await shop.agree(payerReference=word)
    return await shop.ask(step.value.replace("-", " "), agreementID=agreement_id)


STEPS: dict[Step, Callable[[Any, Step, str], Awaitable[Any]]] = {
    **dict.fromkeys((Step.GRANT, Step.REFRESH), step_of_token),
    **dict.fromkeys((Step.CREATE, Step.PAGE, Step.EXECUTE), step_of_order),
    **dict.fromkeys((Step.QUERY, Step.SEARCH, Step.CAPTURE, Step.VOID), step_of_payment),
    **dict.fromkeys((Step.REFUND, Step.REFUND_STATUS), step_of_refund),
    **dict.fromkeys((Step.AGREEMENT_STATUS, Step.AGREEMENT_CANCEL), step_of_agreement),
}


@pytest.mark.parametrize("step", list(Step))
async def test_every_step_is_asked_for_alike(shop, step: Step):
    """By invoice, reference or user name, and in both versions of the refund; nothing else is."""
    assert (await STEPS[step](shop, step, f"mock-{step}-2039"))["statusCode"] == "2039"


def test_the_page_lists_every_step():
    """Token calls by their user names."""
    page = PAGE.read_text()
    for step in Step:
        assert f"`{step}`" in page or f"`mock-{step}-CODE`" in page


def test_the_page_lists_the_whole_catalogue():
    """Each code once, with bKash's words, and marked where a rule leads to it."""
    rows = re.findall(r"^\| (\d{3,4}) \| (.+?) \| (.+?) \|$", PAGE.read_text(), re.MULTILINE)
    assert {code: words for code, words, _ in rows} == dict(MESSAGES)
    assert len(rows) == len(MESSAGES)
    assert {code for code, _, way in rows if way != "–"} == set(NATURAL) | set(ELSEWHERE)


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_a_code_that_needs_more_than_a_shop_has_its_test_elsewhere(code: str):
    """It has to be there, and to be about that code."""
    file, name = ELSEWHERE[code]
    test = (Path(__file__).parent / file).read_text().partition(f"def {name}(")[2]
    assert f'"{code}"' in test.partition("\n\n\n")[0]
