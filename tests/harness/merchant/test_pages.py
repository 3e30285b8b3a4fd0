"""Laws of the pages: complete, escaped, self-contained, and honest about doubt."""

import re
from html.parser import HTMLParser

import pytest

from harness.merchant.pages import Pages, load_assets, result_status
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import Course, Payment, PaymentState, Receipt

NASTY = "\"><script>alert('x')</script>&amp;"


class Reader(HTMLParser):
    """Read the elements of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(*, prefetches: bool = True) -> Pages:
    return Pages(load_assets(), prefetches=prefetches)


def checkout(*, title: str = "SQL", price_poisha: int = 149_950, prefetches: bool = True) -> str:
    course = Course(7, title, price_poisha, teacher=title, lessons=3)
    return bytes(pages(prefetches=prefetches).checkout(course, user_id=4).body).decode()


def result(state: PaymentState, **fields: str) -> str:
    payment = Payment("P1", user_id=4, course_id=7, amount_poisha=100, state=state, **fields)
    receipt = Receipt(payment, course_title=NASTY)
    return bytes(pages().result(receipt, retry_url="/api/x?a=1&b=2").body).decode()


def test_the_checkout_page_has_a_form_that_pays_without_javascript():
    """A post with the ids, and a button with the amount on it."""
    page = Reader(checkout())
    forms = [attributes for tag, attributes in page.elements if tag == "form"]
    assert forms == [{"id": "pay", "method": "post", "action": "/api/bkash/make-payment"}]
    fields = {a["name"]: a["value"] for tag, a in page.elements if tag == "input"}
    assert fields == {"user_id": "4", "course_id": "7", "amount": "1499.50"}
    assert "Pay Tk\N{NO-BREAK SPACE}1,499.50 with bKash" in page.text


@pytest.mark.parametrize("prefetches", [True, False])
def test_whether_to_prefetch_stands_in_a_meta_element(prefetches: bool):
    """Read by the script and by load generators alike."""
    metas = {
        a.get("name"): a.get("content")
        for tag, a in Reader(checkout(prefetches=prefetches)).elements
        if tag == "meta"
    }
    expected = "/api/bkash/refresh-token" if prefetches else None
    assert metas.get("bkash-prefetch") == expected


def test_everything_from_outside_is_escaped():
    """A course's title is text, wherever it stands."""
    for html in (checkout(title=NASTY), result(PaymentState.DECLINED, reason=NASTY)):
        assert "alert(" not in "".join(re.findall(r"<script.*?</script>", html, re.DOTALL))
        assert "<script>alert" not in html
        assert NASTY in Reader(html).text


@pytest.mark.parametrize(
    ("state", "word", "heading"),
    [
        (PaymentState.PAID, "success", "Payment complete"),
        (PaymentState.DECLINED, "failed", "Payment not completed"),
        (PaymentState.ABANDONED, "failed", "Payment not completed"),
        (PaymentState.CANCELLED, "cancelled", "Payment cancelled"),
        (PaymentState.INITIATED, "pending", "Confirming your payment"),
        (PaymentState.EXECUTING, "pending", "Confirming your payment"),
        (PaymentState.PENDING, "pending", "Confirming your payment"),
        (PaymentState.CREATED, "pending", "bKash could not be reached"),
        (PaymentState.REVIEW, "pending", "We are checking your payment"),
    ],
)
def test_every_state_has_its_word_and_its_heading(state: PaymentState, word: str, heading: str):
    """What has no end yet is never called failed, and never said to be free of charge."""
    fields = {"trx_id": "TRX1", "payment_id": "TR1"} if state is PaymentState.PAID else {}
    html = result(state, **fields)
    assert result_status(state) == word
    assert f"<h1>{heading}</h1>" in html
    refreshes = 'http-equiv="refresh"' in html
    assert refreshes == (heading == "Confirming your payment")
    assert ("Nothing was charged" in html) == (
        state not in {PaymentState.PAID, PaymentState.REVIEW} and not refreshes
    )
    assert ("TRX1" in html) == (state is PaymentState.PAID)


def test_a_payment_that_was_never_sent_can_be_tried_again():
    """With the link that brings its callback once more."""
    assert 'href="/api/x?a=1&amp;b=2"' in result(PaymentState.CREATED)


@pytest.mark.parametrize("state", [PaymentState.CANCELLED, PaymentState.DECLINED])
def test_from_a_payment_that_ended_unpaid_one_can_go_back(state: PaymentState):
    """To the course, to begin again."""
    assert 'href="/checkout/7?user_id=4"' in result(state)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(checkout(), id="checkout"),
        pytest.param(result(PaymentState.PENDING), id="result"),
        pytest.param(
            bytes(pages().problem(Rejection(Reason.INTERNAL, NASTY)).body).decode(), id="problem"
        ),
    ],
)
def test_pages_need_nothing_from_elsewhere(html: str):
    """No address of another host; one heading; a language; a title; names for what is drawn."""
    page = Reader(html)
    addresses = [a.get(name) or "" for _, a in page.elements for name in ("src", "href", "action")]
    assert not [address for address in addresses if address.startswith(("http", "//"))]
    tags = [tag for tag, _ in page.elements]
    assert tags.count("h1") == 1
    assert tags.count("title") == 1
    assert ("html", {"lang": "en"}) in page.elements
    for tag, attributes in page.elements:
        assert tag != "svg" or attributes.get("aria-hidden") == "true"


def test_a_page_may_run_and_fetch_from_its_own_origin_only():
    """And is not framed, cached or told to others."""
    headers = pages().checkout(Course(1, "x", 100), user_id=1).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_assets_are_the_files_that_browsers_need():
    """Style and script; their version follows their content."""
    assets = load_assets()
    assert {name: asset.media_type for name, asset in assets.items()} == {
        "checkout.css": "text/css; charset=utf-8",
        "checkout.js": "text/javascript; charset=utf-8",
    }
    assert len({asset.version for asset in assets.values()}) == 2
    assert all(asset.version in checkout() for asset in assets.values())


@pytest.mark.parametrize(
    ("amount_poisha", "shown"), [(100, "1.00"), (12_345_678, "123,456.78"), (54_900, "549.00")]
)
def test_amounts_are_shown_with_two_decimals(amount_poisha: int, shown: str):
    """As shoppers expect them."""
    assert f"Tk\N{NO-BREAK SPACE}{shown}" in checkout(price_poisha=amount_poisha)
