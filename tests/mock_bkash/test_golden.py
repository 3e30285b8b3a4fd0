"""Golden files: what bKash answered on record, byte for byte but for ids, times and tokens.

`golden/*.json` hold the answers of public recordings (2019, 2020, 2023, 2026), and where only the
documentation shows one, that. Each law here makes the mock give the same answer and compares the
whole text, so key order, types and spelling are part of it.
"""

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from mock_bkash.choice import Quirk

GOLDEN = Path(__file__).parent / "golden"
ORDER_2019 = {
    "payerReference": "09878777666",
    "callbackURL": "http://shop/cb?origin=opm",
    "merchantInvoiceNumber": "900000196",
}
ORDER_2020 = {
    "mode": "0001",
    "payerReference": "01682855342",
    "callbackURL": "http://shop/cb",
    "amount": "1",
    "merchantInvoiceNumber": "1",
}
ORDER_2023 = {"payerReference": "ref", "amount": "100", "merchantInvoiceNumber": "inv"}
ASKING_2020 = {"payerReference": "01682855342", "callbackURL": "http://localhost/callback.php"}
REFUND = {"amount": "15", "sku": "sku-1", "reason": "size"}

FORMS = (
    (r"TR(\d{4})[A-Za-z0-9]{2,7}\d{13}", r"<payment \1>"),
    (r"AG[A-Z0-9]{4,7}\d{13}", "<agreement payment>"),
    (r"TokenizedMerchant01[0-9A-Z]+", "<agreement>"),
    (r"https?://[a-z.]+/redirect/tokenized/", "<page>"),
    (r"hash=[\w-]{100}!\d{13}", "<hash>"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d:\d{3}", "<time>"),
    (r'([tT]rxI[dD])": ?"[A-Z0-9]{10}"', r'\1":"<transaction>"'),
    (r'"eyJ[\w-]+\.[\w-]+\.[\w-]+"', '"<JWT>"'),
    (r'"eyJ[\w-]+(?:\.[\w-]+){4}"', '"<JWE>"'),
)


def formal(text: str) -> str:
    for pattern, form in FORMS:
        text = re.sub(pattern, form, text)
    return text.strip()


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.json").read_text().strip()


async def create(shop: Any) -> Any:
    return await shop.call("create", shop.order(**ORDER_2019))


async def create_by_agreement(shop: Any) -> Any:
    agreement_id = await shop.agree(**ASKING_2020)
    return await shop.call("create", shop.order(**ORDER_2020, agreementID=agreement_id))


async def ask_agreement(shop: Any) -> Any:
    return await shop.call("create", {"mode": "0000", **ASKING_2020})


async def execute(shop: Any) -> Any:
    return await shop.call("execute", {"paymentID": await shop.approved(**ORDER_2019)})


async def execute_by_agreement(shop: Any) -> Any:
    created = (await create_by_agreement(shop)).json()
    await shop.admin("POST", f"payments/{created['paymentID']}/approve")
    return await shop.call("execute", {"paymentID": created["paymentID"]})


async def execute_agreement(shop: Any) -> Any:
    created = await shop.ask_agreement(**ASKING_2020)
    await shop.admin("POST", f"payments/{created['paymentID']}/approve")
    return await shop.call("execute", {"paymentID": created["paymentID"]})


async def query_completed(shop: Any) -> Any:
    payment_id, _ = await shop.paid(**ORDER_2023)
    return await shop.call("query", {"paymentID": payment_id})


async def query_initiated(shop: Any) -> Any:
    created = await shop.create(**ORDER_2023)
    return await shop.call("query", {"paymentID": created["paymentID"]})


async def search(shop: Any) -> Any:
    _, trx_id = await shop.paid(amount="20")
    return await shop.call("search", {"trxID": trx_id})


async def cancel_agreement(shop: Any) -> Any:
    agreement_id = await shop.agree(**ASKING_2020)
    return await shop.call("agreement cancel", {"agreementID": agreement_id})


async def status_of_cancelled(shop: Any) -> Any:
    cancelled = (await cancel_agreement(shop)).json()
    return await shop.call("agreement status", {"agreementID": cancelled["agreementID"]})


def settle(name: str) -> Callable[[Any], Awaitable[Any]]:
    async def call(shop: Any) -> Any:
        payment_id, _ = await shop.paid(intent="authorization")
        return await shop.call(name, {"paymentID": payment_id})

    return call


async def refund(shop: Any) -> Any:
    payment_id, trx_id = await shop.paid()
    return await shop.call("refund", {"paymentID": payment_id, "trxID": trx_id, **REFUND})


async def refund_status(shop: Any) -> Any:
    payment_id, trx_id = await shop.paid()
    ids = {"paymentID": payment_id, "trxID": trx_id}
    await shop.call("refund", {**ids, **REFUND})
    return await shop.call("refund", ids)


def refund_v2(*names: str, amount: str = "15", **changes: str) -> Callable[[Any], Awaitable[Any]]:
    async def call(shop: Any) -> Any:
        payment_id, trx_id = await shop.paid(amount="25")
        body = {"paymentId": payment_id, "trxId": trx_id, "refundAmount": amount}
        body |= {"sku": "sku-1", "reason": "size", **changes}
        answer = None
        for name in names:
            answer = await shop.call(name, body)
        return answer

    return call


async def token(shop: Any) -> Any:
    return await shop.http.post(
        "/v1.2.0-beta/tokenized/checkout/token/grant",
        json={"app_key": shop.app_key, "app_secret": shop.app_secret},
        headers={"username": shop.username, "password": shop.password},
    )


async def wrong_username(shop: Any) -> Any:
    shop.username = "nobody"
    return await token(shop)


async def wrong_secret(shop: Any) -> Any:
    shop.app_secret = "guessed"
    return await token(shop)


async def refreshed(shop: Any) -> Any:
    keys = {"app_key": shop.app_key, "app_secret": shop.app_secret}
    return await shop.http.post(
        "/v1.2.0-beta/tokenized/checkout/token/refresh",
        json={**keys, "refresh_token": shop.refresh_token},
        headers={"username": shop.username, "password": shop.password},
    )


async def execute_authorized(shop: Any) -> Any:
    payment_id = await shop.approved(**ORDER_2019, intent="authorization")
    return await shop.call("execute", {"paymentID": payment_id})


async def unapproved(shop: Any) -> Any:
    return await shop.call("execute", {"paymentID": (await shop.create())["paymentID"]})


async def unapproved_agreement(shop: Any) -> Any:
    return await shop.call("execute", {"paymentID": (await shop.ask_agreement())["paymentID"]})


def wrong(name: str, body: Any, **headers: str) -> Callable[[Any], Awaitable[Any]]:
    async def call(shop: Any) -> Any:
        return await shop.call(name, body, **headers)

    return call


async def no_route_signed(shop: Any) -> Any:
    return await shop.call("/v1.2.0-beta/tokenized/checkout/refund/payment/transaction", {})


async def no_route(shop: Any) -> Any:
    return await shop.http.post("/v1.2.0-beta/v2/tokenized-checkout/refund/payment/transaction")


TR = {"paymentID": "TR0011x"}
CALLS: list[tuple[str, int, Callable[[Any], Awaitable[Any]]]] = [
    ("create_0011", 200, create),
    ("create_0001", 200, create_by_agreement),
    ("execute_0011", 200, execute),
    ("execute_0001", 200, execute_by_agreement),
    ("execute_0000", 200, execute_agreement),
    ("execute_authorized", 200, execute_authorized),
    ("query_completed", 200, query_completed),
    ("query_initiated", 200, query_initiated),
    ("agreement_cancelled", 200, cancel_agreement),
    ("agreement_cancelled", 200, status_of_cancelled),
    ("capture", 200, settle("capture")),
    ("void", 200, settle("void")),
    ("refund_v1", 200, refund),
    ("refund_v1", 200, refund_status),
    ("refund_v2", 200, refund_v2("refund v2")),
    ("refund_status_v2", 200, refund_v2("refund v2", "refund status v2")),
    ("token", 200, token),
    ("token", 200, refreshed),
    ("error_v1", 200, wrong("query", TR)),
    ("error_not_approved", 200, unapproved),
    ("error_agreement_not_approved", 200, unapproved_agreement),
    ("error_agreement", 200, wrong("agreement status", {"agreementID": "x"})),
    ("error_username", 200, wrong_username),
    ("error_credentials", 200, wrong_secret),
    ("error_v2", 400, wrong("refund status v2", {"paymentId": "TR1", "trxId": "X"})),
    ("error_v2_amount", 400, refund_v2("refund v2", amount="25.01")),
    ("error_v2_mismatch", 400, refund_v2("refund status v2", trxId="X")),
    ("gateway_unauthorized", 401, wrong("query", TR, authorization="expired")),
    ("gateway_malformed", 400, refund_v2("refund v2", sku="")),
    ("gateway_no_route", 403, no_route),
    ("gateway_no_route_signed", 403, no_route_signed),
]


@pytest.mark.parametrize(
    ("name", "status", "call"), CALLS, ids=[f"{name}-{call.__name__}" for name, _, call in CALLS]
)
async def test_the_mock_answers_as_recorded(shop, name: str, status: int, call):
    """The same keys in the same order, the same types, the same words."""
    answer = await call(shop)
    assert answer.status_code == status
    assert formal(answer.text) == formal((GOLDEN / f"{name}.json").read_text())


async def test_an_agreement_is_created_as_recorded(open_shop):
    """The recording of 2020 has the callbacks of its year."""
    shop = open_shop(callback_form="2020")
    await shop.grant()
    answer = await ask_agreement(shop)
    assert formal(answer.text) == formal((GOLDEN / "create_0000.json").read_text())


async def test_the_sandbox_of_2019_had_no_search(open_shop):
    """In its own spelling, which the official list of codes does not share."""
    shop = open_shop(quirks=frozenset({Quirk.NO_SEARCH}))
    await shop.grant()
    answer = await search(shop)
    assert (answer.status_code, answer.text) == (200, golden("error_search_2019"))


async def test_the_documented_names_of_errors_can_be_had(open_shop):
    """As the documentation of create and execute shows them."""
    shop = open_shop(quirks=frozenset({Quirk.ERROR_CODE_KEYS}))
    await shop.grant()
    answer = await shop.call("execute", {"paymentID": "TR0011x"})
    assert (answer.status_code, answer.text) == (200, golden("error_documented"))


async def test_a_call_that_took_too_long_is_answered_by_the_gateway(shop):
    """In its words, which official samples look out for (`response.message`)."""
    answer = await shop.call("query", TR, x_mock_fault="status;status=504")
    assert (answer.status_code, answer.text) == (504, golden("gateway_timeout"))


async def test_search_answers_as_recorded_and_more(shop):
    """The recording of 2023; newer answers have further keys in between."""
    recorded = json.loads(golden("search"))
    answer = (await search(shop)).json()
    common = json.dumps({key: answer[key] for key in answer if key in recorded})
    assert formal(common) == formal(json.dumps(recorded))


def test_no_golden_file_is_left_out():
    """What is on record is compared."""
    apart = {"create_0000", "search", "error_search_2019", "error_documented", "gateway_timeout"}
    used = {name for name, _, _ in CALLS} | apart
    assert {path.stem for path in GOLDEN.glob("*.json")} == used
