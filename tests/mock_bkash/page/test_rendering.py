"""The page as HTML."""

from html.parser import HTMLParser

import pytest

from mock_bkash.page.rendering import render_gone, render_step
from mock_bkash.page.visit import Step, Visit
from mock_bkash.payment import Payment


class Seen(HTMLParser):
    """Collects tags and what they refer to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]


def payment(invoice: str = "inv-1") -> Payment:
    return Payment(
        payment_id="TR1",
        mode="0011",
        amount_text="1499.5",
        amount_poisha=149_950,
        currency="BDT",
        intent="sale",
        invoice=invoice,
        payer_reference="r",
        callback_url="http://s/",
        created_ms=0,
    )


@pytest.mark.parametrize("step", Step)
def test_each_step_asks_for_its_field(step: Step):
    """One entry, one form, a way on and a way out."""
    seen = Seen(render_step(payment(), Visit(step=step), action="/page?a=1&b=2", prefill="017"))
    assert ("input", "name", str(step)) in seen.attributes
    assert ("form", "action", "/page?a=1&b=2") in seen.attributes
    assert ("button", "value", "close") in seen.attributes
    prefilled = ("input", "value", "017") in seen.attributes
    assert prefilled is (step is Step.WALLET)


@pytest.mark.parametrize("step", Step)
def test_enter_goes_on_and_does_not_cancel(step: Step):
    """A browser presses the first submit button of the document when Enter is typed."""
    seen = Seen(render_step(payment(), Visit(step=step), action="/x", prefill=""))
    values = [value for tag, name, value in seen.attributes if (tag, name) == ("button", "value")]
    assert values == ["next", "close"]


def test_the_page_is_self_contained_and_marked_as_a_mock():
    """Nothing is fetched; nobody can take it for bKash's own."""
    html = render_step(payment(), Visit(), action="/x", prefill="")
    seen = Seen(html)
    assert not {"script", "link", "img", "iframe"} & set(seen.tags)
    assert "url(" not in html
    assert "//" not in html.replace("<!doctype html>", "")
    assert "No money moves here" in html
    assert ("meta", "content", "width=device-width, initial-scale=1") in seen.attributes
    assert "1,499.50" in html


def test_what_the_merchant_sent_is_escaped():
    """An invoice is text, and so is what a shopper typed."""
    html = render_step(
        payment('"><script>alert(1)</script>'), Visit(problem="<b>"), action='"><i>', prefill='"<u>'
    )
    assert not {"script", "b ", "i", "u"} & set(Seen(html).tags)
    assert "<script" not in html


def test_an_address_that_opens_nothing_has_a_page_too():
    """It says what to do."""
    assert "No such payment" in render_gone()


def test_an_agreement_says_that_nothing_is_taken_now():
    """It has neither invoice nor amount."""
    asking = payment()
    asking.mode, asking.amount_poisha = "0000", 0
    html = render_step(asking, Visit(), action="/x", prefill="")
    assert "Agreement: later payments to this shop need your PIN only" in html
    assert "Nothing now" in html
    assert "BDT" not in html
