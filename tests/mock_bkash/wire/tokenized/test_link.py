"""Addresses."""

from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, strategies as st

from mock_bkash.choice import CallbackForm
from mock_bkash.wire.tokenized import callback_link, page_link, parse_page_query, return_link


@pytest.mark.parametrize(
    ("url", "joined"),
    [
        ("http://shop/cb", "http://shop/cb?paymentID=TR1&status=success"),
        ("http://shop/cb?a=1", "http://shop/cb?a=1&paymentID=TR1&status=success"),
        ("http://shop/cb?", "http://shop/cb?paymentID=TR1&status=success"),
        ("http://shop/cb?a=1&", "http://shop/cb?a=1&paymentID=TR1&status=success"),
        ("http://shop/cb#done", "http://shop/cb?paymentID=TR1&status=success#done"),
        ("http://shop/cb?a#b?c", "http://shop/cb?a&paymentID=TR1&status=success#b?c"),
    ],
)
def test_the_outcome_is_joined_to_any_callback_url(url: str, joined: str):
    """With & where there is a query already, and before a fragment."""
    link = callback_link(
        url, payment_id="TR1", status="success", mode="0011", form=CallbackForm.SIGNED
    )
    assert link == joined


def test_create_of_2020_announced_what_will_be_executed():
    """Recorded so for an agreement."""
    link = callback_link(
        "http://s/cb", payment_id="AG1", status="cancel", mode="0000", form=CallbackForm.EXECUTE
    )
    assert link == "http://s/cb?paymentID=AG1&execute=Agreement&status=cancel"


def back(url: str, form: CallbackForm) -> str:
    return return_link(
        url, payment_id="TR1", status="cancel", mode="0001", form=form, signature="a+/="
    )


@pytest.mark.parametrize(
    ("form", "query"),
    [
        (
            CallbackForm.SIGNED,
            "version=v1.2.0-beta&product=tokenized-checkout&paymentID=TR1&status=cancel"
            "&signature=a%2B%2F%3D",
        ),
        (CallbackForm.VERSIONED, "paymentID=TR1&status=cancel&apiVersion=1.2.0-beta"),
        (
            CallbackForm.EXECUTE,
            "paymentID=TR1&execute=Payment&status=cancel&apiVersion=1.2.0-beta",
        ),
    ],
)
def test_the_way_back_has_the_form_of_its_year(form: CallbackForm, query: str):
    """2026, 2023, 2020."""
    assert back("http://shop/cb", form) == f"http://shop/cb?{query}"


def test_the_way_back_is_fit_for_a_header():
    """Bengali in a path is percent-encoded, what is encoded already stays."""
    link = back("http://shop/দোকান?a=%20#ঘ", CallbackForm.VERSIONED)
    assert link.isascii()
    assert link.startswith("http://shop/%E0%A6%A6")
    assert "?a=%20&paymentID=TR1&status=cancel&apiVersion=1.2.0-beta#%E0%A6%98" in link


def test_a_page_opens_with_its_own_address():
    """What create hands out is what the page reads."""
    link = page_link(
        origin="http://mock.test", payment_id="TR1", page_hash="h-_h", mode="0011", epoch_ms=17
    )
    assert link == (
        "http://mock.test/redirect/tokenized/?paymentID=TR1&hash=h-_h!17"
        "&mode=0011&apiVersion=v1.2.0-beta"
    )
    query = parse_page_query(link.partition("?")[2].encode())
    assert (query.payment_id, query.page_hash) == ("TR1", "h-_h")


def test_the_spelling_of_2025_opens_it_too():
    """`paymentId`, and a slash behind the version."""
    query = parse_page_query(b"paymentId=TR1&hash=abc&mode=0011&apiVersion=v1.2.0-beta/")
    assert (query.payment_id, query.page_hash) == ("TR1", "abc")


@given(query=st.binary(max_size=100))
def test_any_query_is_read(query: bytes):
    """A page's address comes from strangers; what follows bKash's "!" is no part of a hash."""
    read = parse_page_query(query)
    assert "!" not in read.page_hash
    assert (read.payment_id == "") or b"payment" in unquote_to_bytes(query)
