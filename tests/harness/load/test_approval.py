"""Approval: what a shopper does on bKash's page."""

from urllib.parse import parse_qsl

import pytest

from harness.load.approval import fill_form, find_approval_form, is_callback
from harness.load.page import read_page


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("wallet", "01770618575"),
        ("msisdn", "01770618575"),
        ("accountNumber", "01770618575"),
        ("otp", "123456"),
        ("verificationCode", "123456"),
        ("pin", "12121"),
        ("password", "12121"),
    ],
)
def test_field_gets_what_its_name_asks_for(field: str, answer: str) -> None:
    """Wallet, code and PIN are those of bKash's public sandbox customer."""
    page = read_page(f'<form method=post><input name="{field}"></form>')
    assert fill_form(page.forms[0]) == f"{field}={answer}"


def test_form_is_sent_as_a_browser_sends_it() -> None:
    """Hidden fields go along, other texts stay, and one button is pressed: the one that goes on."""
    page = read_page(
        '<form><input type=hidden name=pin_token value="a b&c"><input name=pin type=password>'
        "<input name=note value=hi><button name=action value=close>Close</button>"
        "<button type=submit name=action value=next>Go</button>"
        "<button name=action value=more>More</button><input type=reset name=r></form>"
    )
    assert parse_qsl(fill_form(page.forms[0])) == [
        ("pin_token", "a b&c"),
        ("pin", "12121"),
        ("note", "hi"),
        ("action", "next"),
    ]


def test_form_that_asks_for_something_is_found() -> None:
    """Forms that cancel or resend are passed over, also by a hash that happens to say so."""
    page = read_page(
        "<form action=/page/cancel><input name=pin></form>"
        "<form action=/language><input type=hidden name=l></form>"
        "<form action='/page?hash=cancel'><input name=otp></form>"
    )
    form = find_approval_form(page)
    assert form is not None
    assert form.action == "/page?hash=cancel"


def test_form_with_nothing_to_fill_in_is_confirmed() -> None:
    """A page may only ask to confirm."""
    form = find_approval_form(read_page("<form action=/confirm><button>Yes</button></form>"))
    assert form is not None
    assert form.action == "/confirm"


def test_page_without_a_way_on_has_no_form() -> None:
    """Only backing out, or no form at all: there is nothing to do."""
    assert find_approval_form(read_page("<form action=/cancel></form>")) is None
    assert find_approval_form(read_page("<p>Sorry")) is None


@pytest.mark.parametrize(
    ("url", "back"),
    [
        ("http://shop/cb?ref=1&paymentID=TR1&status=success", True),
        ("http://shop/cb?paymentId=TR1&status=cancel&signature=x", True),
        ("http://shop/cb?paymentID=&status=failure", True),
        ("http://bkash/redirect?paymentID=TR1&hash=x", False),
        ("http://bkash/?status=ok", False),
    ],
)
def test_way_back_has_payment_and_status(url: str, back: bool) -> None:
    """bKash joins both to the shop's own URL, and only there."""
    assert is_callback(url) is back
