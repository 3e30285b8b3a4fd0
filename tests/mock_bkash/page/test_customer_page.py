"""The customer page over HTTP."""

from urllib.parse import parse_qs, urlsplit

import pytest

from mock_bkash.page import customer_page

GOOD = ("wallet", "01770618575"), ("otp", "123456"), ("pin", "12121")


async def walk(shop, created, *entries: tuple[str, str]):
    answer = None
    for name, value in entries:
        answer = await shop.http.post(shop.page(created), data={name: value})
    return answer


def outcome(answer) -> tuple[int, str, str]:
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return answer.status_code, query["status"][0], query["paymentID"][0]


async def test_a_shopper_approves_and_is_sent_back(shop):
    """Wallet, password, PIN; the callback carries payment and status beside its own query."""
    created = await shop.create(callbackURL="http://shop.test/cb?ref=7")
    page = await shop.http.get(shop.page(created))
    assert page.status_code == 200
    assert 'name="wallet"' in page.text
    answer = await walk(shop, created, *GOOD)
    assert outcome(answer) == (303, "success", created["paymentID"])
    assert answer.headers["location"].startswith("http://shop.test/cb?ref=7&version=")
    assert (await shop.execute(created["paymentID"]))["customerMsisdn"] == "01770618575"


async def test_the_page_shows_the_next_step_after_each_form(shop):
    """And what was wrong with the last entry."""
    created = await shop.create()
    assert 'name="otp"' in (await walk(shop, created, GOOD[0])).text
    wrong = await walk(shop, created, ("otp", "000000"))
    assert "Wrong verification code" in wrong.text
    assert 'name="pin"' in (await walk(shop, created, GOOD[1])).text
    assert 'name="pin"' in (await shop.http.get(shop.page(created))).text, "a reload loses nothing"


@pytest.mark.parametrize(
    ("entries", "status", "code"),
    [
        ((GOOD[0], *[("otp", "0")] * 3), "failure", "2017"),
        ((*GOOD[:2], *[("pin", "0")] * 3), "failure", "2015"),
        ((("wallet", "01823074817"), *GOOD[1:]), "failure", "2023"),
        ((("wallet", "01823074818"), *GOOD[1:]), "failure", "2037"),
        ((("action", "close"),), "cancel", None),
        ((*GOOD[:2], ("action", "close")), "cancel", None),
    ],
)
async def test_every_other_end_is_told_to_the_merchant(shop, entries, status: str, code):
    """Failure or cancel; execute then finds no approved payment."""
    created = await shop.create()
    answer = await walk(shop, created, *entries)
    assert outcome(answer) == (303, status, created["paymentID"])
    assert (await shop.execute(created["paymentID"]))["statusCode"] == "2056"
    assert (await shop.admin("GET", "payments"))["payments"][0]["declined_with"] == code


async def test_a_settled_payment_sends_the_browser_back_at_once(shop):
    """A reload, a second tab, an approval by the admin API: the same way back."""
    created = await shop.create()
    await shop.admin("POST", f"payments/{created['paymentID']}/approve")
    assert outcome(await shop.http.get(shop.page(created)))[:2] == (302, "success")
    await shop.execute(created["paymentID"])
    assert outcome(await shop.http.get(shop.page(created)))[:2] == (302, "success")
    assert outcome(await walk(shop, created, ("action", "close")))[:2] == (303, "success")


async def test_with_auto_approval_the_page_is_only_a_way_back(open_shop):
    """GET bkashURL answers 302 to the callback."""
    shop = open_shop(approve="auto")
    await shop.grant()
    created = await shop.create()
    assert outcome(await shop.http.get(shop.page(created))) == (
        302,
        "success",
        created["paymentID"],
    )


@pytest.mark.parametrize(("reference", "prefilled"), [("01929918378", True), ("user-7", False)])
async def test_a_number_as_reference_prefills_the_wallet(shop, reference: str, prefilled: bool):
    """As bKash does."""
    created = await shop.create(payerReference=reference)
    page = (await shop.http.get(shop.page(created))).text
    assert (f'value="{reference}"' in page) is prefilled


async def test_only_the_hash_opens_a_page(shop, open_shop):
    """Without it, with another payment's, or for no payment: the same 404."""
    first, second = await shop.create(), await shop.create()
    other_hash = parse_qs(urlsplit(second["bkashURL"]).query)["hash"][0]
    pages = [
        await shop.http.get(f"/redirect/tokenized/?{query}")
        for query in (
            "",
            f"paymentID={first['paymentID']}",
            f"paymentID={first['paymentID']}&hash={other_hash}",
            f"paymentID=TR0011AAAAAAA1&hash={other_hash}",
            "paymentID=%FF&hash=%FF",
        )
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


async def test_a_reset_takes_the_page_with_it(shop):
    """The address alone keeps nothing alive."""
    created = await shop.create()
    await shop.admin("POST", "reset")
    assert (await shop.http.get(shop.page(created))).status_code == 404


async def test_strange_requests_to_the_page_are_4xx(shop):
    """Other methods, forms too large or with too many fields."""
    page = shop.page(await shop.create())
    assert (await shop.http.delete(page)).status_code == 405
    assert (await shop.http.head(page)).status_code == 200
    for form in (b"x" * 70_000, b"a=1&" * 50):
        assert (await shop.http.post(page, content=form)).status_code == 400
    binary = await shop.http.post(page, content=b"wallet=\xff%FF")
    assert "Invalid Wallet" in binary.text


async def test_the_page_is_not_kept_or_framed(shop):
    """No cache, no scripts, no referrer with the hash in it."""
    headers = (await shop.http.get(shop.page(await shop.create()))).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]


async def test_shoppers_on_the_page_are_bounded(shop, monkeypatch):
    """The oldest starts over."""
    monkeypatch.setattr(customer_page, "MAX_VISITS", 1)
    first, second = await shop.create(), await shop.create()
    await walk(shop, first, GOOD[0])
    await walk(shop, second, GOOD[0])
    assert 'name="wallet"' in (await shop.http.get(shop.page(first))).text


async def test_a_shopper_who_leaves_in_the_middle_of_a_form_did_nothing(shop):
    """No answer is tried."""
    created = await shop.create()
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    path, _, query = shop.page(created).partition("?")
    scope = {"type": "http", "method": "POST", "path": path, "headers": []}
    await shop.http._transport.app(scope | {"query_string": query.encode()}, receive, send)
    assert sent == []
