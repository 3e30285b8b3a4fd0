"""The table of Tokenized Checkout v1.2.0-beta, and its quirks."""

from urllib.parse import parse_qs, urlsplit

import pytest

from mock_bkash.choice import Quirk
from mock_bkash.wire.tokenized import PATHS

CHECKOUT = "/v1.2.0-beta/tokenized/checkout"


@pytest.fixture
async def quirky(open_shop, request):
    shop = open_shop(quirks=frozenset({request.param}))
    await shop.grant()
    return shop


def test_every_call_of_the_api_has_its_path():
    """Three spellings of search, two of void."""
    assert len(PATHS) == 14
    assert sorted(path.removeprefix(CHECKOUT) for path in PATHS)[:3] == [
        *("/agreement/cancel", "/agreement/status", "/create"),
    ]


@pytest.mark.parametrize("path", sorted(PATHS))
async def test_every_path_is_served(shop, path: str):
    """An empty object lacks something everywhere, and is malformed nowhere."""
    assert (await shop.ask(path))["statusCode"] == "2065"


@pytest.mark.parametrize("quirky", [Quirk.BARE_AUTHORIZATION], indirect=True)
async def test_bearer_may_be_refused(quirky):
    """One source says so; by default both are taken."""
    assert (await quirky.create())["statusCode"] == "0000"
    headers = {"authorization": f"Bearer {quirky.id_token}"}
    assert (await quirky.call("create", quirky.order(), **headers)).status_code == 401


@pytest.mark.parametrize("quirky", [Quirk.NO_AGREEMENT_PAGE], indirect=True)
async def test_a_payment_by_agreement_may_have_no_page(quirky):
    """Every other payment has one."""
    agreement_id = await quirky.agree()
    created = await quirky.create(mode="0001", agreementID=agreement_id)
    assert "bkashURL" not in created
    assert "bkashURL" in await quirky.create()


@pytest.mark.parametrize("quirky", [Quirk.PAGE_LINK_2025], indirect=True)
async def test_the_page_may_stand_where_it_has_since_2025(quirky):
    """At the root of the host, in another spelling; the shopper pays there like anywhere."""
    created = await quirky.create()
    link = urlsplit(created["bkashURL"])
    payment_id = created["paymentID"]
    assert link.path == "/"
    assert link.query.startswith(f"paymentId={payment_id}&hash=")
    assert link.query.endswith("&mode=0011&apiVersion=v1.2.0-beta/")
    assert await quirky.confirm(created, "01770618575") == "success"
    assert (await quirky.execute(payment_id))["transactionStatus"] == "Completed"


async def test_the_root_of_the_host_is_no_page_otherwise(shop):
    """It is a path that bKash does not have."""
    assert (await shop.http.get("/")).status_code == 403


@pytest.mark.parametrize("quirky", [Quirk.NO_SEARCH], indirect=True)
async def test_there_may_be_no_search(quirky):
    """As in the sandbox of 2019."""
    _, trx_id = await quirky.paid()
    assert (await quirky.ask("search", trxID=trx_id))["statusCode"] == "2003"


@pytest.mark.parametrize("quirky", [Quirk.OPTIONAL_PAYER_REFERENCE], indirect=True)
async def test_the_reference_may_be_optional(quirky):
    """As in a working call of 2020."""
    assert (await quirky.create(payerReference=...))["statusCode"] == "0000"


@pytest.mark.parametrize("quirky", [Quirk.PAYER_FIELDS], indirect=True)
async def test_execute_may_tell_who_paid(quirky):
    """As since 2025."""
    payment_id = await quirky.approved()
    assert (await quirky.execute(payment_id))["payerType"] == "Customer"


@pytest.mark.parametrize("quirky", [Quirk.TEXT_EXPIRES_IN], indirect=True)
async def test_a_life_may_be_a_text(quirky):
    """As clients have declared it."""
    assert (await quirky.grant())["expires_in"] == "3600"


@pytest.mark.parametrize("quirky", [Quirk.ERROR_CODE_KEYS], indirect=True)
async def test_create_and_execute_may_call_errors_otherwise(quirky):
    """Only these two, as their documentation does."""
    assert await quirky.create(amount="0") == {
        "errorCode": "2006",
        "errorMessage": "Invalid amount",
    }
    assert (await quirky.execute("TR1"))["errorCode"] == "2002"
    assert (await quirky.query("TR1"))["statusCode"] == "2002"


async def test_another_code_before_the_approval(open_shop):
    """Documented; the default was seen in the sandbox."""
    shop = open_shop(not_approved_code="2060")
    await shop.grant()
    created = await shop.create()
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "2060"
    asking = (await shop.ask_agreement())["paymentID"]
    assert (await shop.execute(asking))["statusCode"] == "2054"


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        ("2026", ["version", "product", "paymentID", "status", "signature"]),
        ("2023", ["paymentID", "status", "apiVersion"]),
        ("2020", ["paymentID", "execute", "status", "apiVersion"]),
    ],
)
async def test_callbacks_have_the_form_of_their_year(open_shop, form: str, keys: list[str]):
    """On the way back; the signature is the payment's and the outcome's."""
    shop = open_shop(callback_form=form, approve="auto")
    await shop.grant()
    signatures = set()
    for mode in ({}, {}, {"mode": "0000"}):
        created = await shop.create(callbackURL="http://shop.test/cb", **mode)
        answer = await shop.http.get(shop.page(created))
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert list(query) == keys
        signatures |= set(query.get("signature", ()))
    assert len(signatures) == (3 if form == "2026" else 0)


async def test_a_shopper_who_comes_back_too_late_is_sent_back_as_failed(shop):
    """A created payment lives for a day, on its page and at execute."""
    created, approved = await shop.create(), await shop.approved()
    await shop.advance(86_400)
    await shop.grant()
    answer = await shop.http.get(shop.page(created))
    assert "status=failure" in answer.headers["location"]
    assert (await shop.execute(approved))["statusCode"] == "2056"
    assert (await shop.query(approved))["transactionStatus"] == "Expired"
    too_late = await shop.http.post(f"/_mock/payments/{created['paymentID']}/approve")
    assert too_late.status_code == 409
