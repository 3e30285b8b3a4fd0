"""Every fault, at every moment it has, happens to every call that it can happen to, and truthfully.

What a client sees says nothing about what was done; only the moment does.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest

from harness.simulation import run_virtual
from mock_bkash.call_name import GATEWAY_OPERATIONS
from mock_bkash.fault import Kind, Moment
from mock_bkash.fault.kind import SPECS
from mock_bkash.injection import AnswerLost

PARAMETERS: Final = {
    Kind.HANG: "seconds=5",
    Kind.DELAY: "seconds=3",
    Kind.STATUS: "status=503",
    Kind.CODE: "code=2003",
    Kind.LAG: "seconds=30",
    Kind.ALTER: "field=statusMessage",
    Kind.HUGE: "size_bytes=20000",
    Kind.GZIP_BOMB: "size_bytes=1048576",
}
LONGEST_S: Final = 10.0
"""Modelled: a hang and a body that comes byte by byte end before a test gives up on them."""

AGREED: Final = {"mode": "0000", "payerReference": "x", "callbackURL": "http://shop.test/agreed"}
CASES: Final = [
    pytest.param(operation, kind, moment, id=f"{operation} {kind} {moment}")
    for operation in GATEWAY_OPERATIONS
    for kind, spec in SPECS.items()
    if operation in spec.operations
    for moment in spec.moments
]

Call = tuple[str, dict[str, Any]]


async def grant(shop: Any) -> Call:
    return "grant", {"app_key": shop.app_key, "app_secret": shop.app_secret}


async def refresh(shop: Any) -> Call:
    _, login = await grant(shop)
    return "refresh", {**login, "refresh_token": shop.refresh_token}


async def create(shop: Any) -> Call:
    return "create", shop.order()


async def execute(shop: Any) -> Call:
    return "execute", {"paymentID": (await shop.create())["paymentID"]}


async def query(shop: Any) -> Call:
    return "query", {"paymentID": await paid(shop)}


async def search(shop: Any) -> Call:
    payment = await shop.execute((await shop.create())["paymentID"])
    return "search", {"trxID": payment["trxID"]}


async def refund(shop: Any) -> Call:
    payment = await shop.execute((await shop.create())["paymentID"])
    ids = {"paymentID": payment["paymentID"], "trxID": payment["trxID"]}
    return "refund", {**ids, "amount": "3", "sku": "s", "reason": "r"}


async def refund_status(shop: Any) -> Call:
    _, body = await refund(shop)
    await shop.ask("refund", **body)
    return "refund", {name: body[name] for name in ("paymentID", "trxID")}


async def capture(shop: Any) -> Call:
    return "capture", {"paymentID": await paid(shop, intent="authorization")}


async def void(shop: Any) -> Call:
    return "void", {"paymentID": await paid(shop, intent="authorization")}


async def create_agreement(shop: Any) -> Call:
    return "create", AGREED


async def execute_agreement(shop: Any) -> Call:
    return "execute", {"paymentID": (await shop.ask("create", **AGREED))["paymentID"]}


async def query_agreement(shop: Any) -> Call:
    _, body = await execute_agreement(shop)
    return "agreement status", {"agreementID": (await shop.ask("execute", **body))["agreementID"]}


async def cancel_agreement(shop: Any) -> Call:
    return "agreement cancel", (await query_agreement(shop))[1]


async def paid(shop: Any, **changes: str) -> str:
    payment_id: str = (await shop.create(**changes))["paymentID"]
    await shop.execute(payment_id)
    return payment_id


READY: Final[dict[str, Callable[[Any], Awaitable[Call]]]] = {
    "token_grant": grant,
    "token_refresh": refresh,
    "create_payment": create,
    "execute_payment": execute,
    "query_payment": query,
    "search_transaction": search,
    "refund_payment": refund,
    "refund_status": refund_status,
    "capture_payment": capture,
    "void_payment": void,
    "create_agreement": create_agreement,
    "execute_agreement": execute_agreement,
    "query_agreement": query_agreement,
    "cancel_agreement": cancel_agreement,
}
"""What has to be there for each call, and the call: path and body."""

CHANGING: Final = set(GATEWAY_OPERATIONS) - {
    *("token_grant", "token_refresh"),
    *("query_payment", "search_transaction", "refund_status", "query_agreement"),
}
"""Calls after which money, a payment or an agreement is another."""


async def truth(shop: Any) -> Any:
    """Return what is so at bKash: the money, the payments, the agreements."""
    key = {"params": {"app_key": shop.app_key}}
    ledger = await shop.admin("GET", "ledger", **key)
    payments = (await shop.admin("GET", "payments", **key))["payments"]
    # Agreements only their merchant sees, with a token that no fault has revoked.
    await shop.grant()
    ids = {payment["agreement_id"] for payment in payments} - {"", None}
    agreements = [await shop.ask("agreement status", agreementID=known) for known in sorted(ids)]
    return ledger, [{**payment, "calls": None} for payment in payments], agreements


async def send(shop: Any, call: Call, **headers: str) -> Any:
    """Send the call; None where its answer is lost."""
    name, body = call
    login = {"username": shop.username, "password": shop.password}
    try:
        async with asyncio.timeout(LONGEST_S):
            return await shop.call(name, body, **login, **headers)
    except (AnswerLost, TimeoutError):
        return None


@pytest.mark.parametrize("operation", GATEWAY_OPERATIONS)
def test_a_call_without_a_fault_does_what_it_does(open_shop, operation: str):
    """Or the law below would hold of calls that are refused anyway."""

    async def main() -> None:
        shop = open_shop(approve="auto")
        await shop.grant()
        call = await READY[operation](shop)
        before = await truth(shop)
        assert (await send(shop, call)).json()["statusCode"] == "0000"
        assert (await truth(shop) != before) == (operation in CHANGING)

    run_virtual(main())


@pytest.mark.parametrize(("operation", "kind", "moment"), CASES)
def test_what_is_true_after_a_fault_is_what_its_moment_says(
    open_shop, operation: str, kind: Kind, moment: Moment
):
    """Before: nothing was done, unless later; after: all was. The journal names call and fault."""

    async def main() -> None:
        shop = open_shop(approve="auto")
        await shop.grant()
        call = await READY[operation](shop)
        before = await truth(shop)
        parts = (kind, PARAMETERS.get(kind, ""), f"moment={moment}")
        await send(shop, call, x_mock_fault=";".join(part for part in parts if part))
        # Who gave up does not end the call.
        await asyncio.sleep(LONGEST_S)
        done = moment is Moment.AFTER or kind is Kind.DELAY
        assert (await truth(shop) != before) == (done and operation in CHANGING)
        calls = (await shop.admin("GET", "journal"))["calls"]
        faulty = [(seen["operation"], seen["fault"]) for seen in calls if seen["fault"]]
        label = f"{kind} {moment}" if len(SPECS[kind].moments) > 1 else str(kind)
        # A proxy's second request is a call, too.
        assert faulty
        assert set(faulty) == {(operation, label)}

    run_virtual(main())


def test_no_case_is_left_out():
    """Whoever adds a kind, a moment or an operation adds its cases."""
    assert set(READY) == set(GATEWAY_OPERATIONS)
    assert {case.values[1] for case in CASES} == set(Kind)
    assert len(CASES) >= 320
