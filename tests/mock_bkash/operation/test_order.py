"""Orders, field by field."""

from typing import Any

import msgspec
import pytest

from mock_bkash.operation.order import Order, read_order
from mock_bkash.wire import MalformedBody
from mock_bkash.wire.tokenized import read_create

GOOD = {
    "mode": "0011",
    "payerReference": "01770618575",
    "callbackURL": "http://shop.test/cb?ref=7",
    "amount": "1499",
    "currency": "BDT",
    "intent": "sale",
    "merchantInvoiceNumber": "inv-1",
}


def read(**changes: Any) -> Order | str:
    fields = {**GOOD, **changes}
    body = {name: value for name, value in fields.items() if value is not ...}
    return read_order(read_create(msgspec.json.encode(body)))


def test_a_good_order_is_read():
    """Money is exact."""
    order = read()
    assert isinstance(order, Order)
    assert (order.amount_text, order.amount_poisha) == ("1499", 149_900)
    assert (order.invoice, order.payer_reference) == ("inv-1", "01770618575")


@pytest.mark.parametrize(
    "changes",
    [
        {"payerReference": " "},
        {"payerReference": 1770618575},
        {"merchantInvoiceNumber": 900000196},
        {"merchantInvoiceNumber": "x" * 255},
        {"amount": 10.5},
        {"amount": 1},
        {"amount": "1.00"},
        {"callbackURL": "https://shop.test"},
        {"callbackURL": "http://127.0.0.1:3000/cb"},
        {"callbackURL": "http://shop.test/দোকান"},
        {"agreementID": ""},
        {"agreementID": " "},
        {"intent": "authorization"},
        {"mode": "0001", "agreementID": "Tokenized1"},
        {"mode": "0000", "amount": ..., "currency": ..., "merchantInvoiceNumber": ...},
        {"merchantAssociationInfo": ""},
        {"merchantAssociationInfo": "MI05MID54RF09123456789"},
    ],
    ids=str,
)
def test_what_real_clients_send_is_taken(changes: dict[str, Any]):
    """A blank reference, numbers for texts, a number for the amount."""
    assert isinstance(read(**changes), Order)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mode": ...}, "2065"),
        ({"mode": None}, "2065"),
        ({"mode": "0022"}, "2063"),
        ({"mode": ""}, "2063"),
        ({"mode": "0002"}, "2064"),
        ({"mode": "0001"}, "2065"),
        ({"mode": "0001", "agreementID": " "}, "2065"),
        ({"agreementID": "Tokenized1"}, "2063"),
        ({"merchantAssociationInfo": "MI05MID5"}, "2047"),
        ({"merchantAssociationInfo": "MIxxMID5"}, "2047"),
        ({"merchantAssociationInfo": "MI²2MID5"}, "2047"),
        ({"merchantAssociationInfo": "MI99" + "x" * 252}, "2047"),
        ({"merchantInvoiceNumber": "mock-create-2003"}, "2003"),
        ({"mode": "0000", "payerReference": "mock-create-2044"}, "2044"),
        ({"payerReference": ...}, "2065"),
        ({"callbackURL": ...}, "2065"),
        ({"amount": ...}, "2065"),
        ({"amount": None}, "2065"),
        ({"currency": ...}, "2065"),
        ({"intent": ...}, "2065"),
        ({"merchantInvoiceNumber": ...}, "2065"),
        ({"payerReference": ""}, "2048"),
        ({"payerReference": "x" * 256}, "2048"),
        ({"callbackURL": ""}, "2049"),
        ({"callbackURL": "/callback"}, "2049"),
        ({"callbackURL": "shop.test/cb"}, "2049"),
        ({"callbackURL": "http://"}, "2049"),
        ({"callbackURL": "javascript:alert(1)"}, "2049"),
        ({"callbackURL": "file:///etc/passwd"}, "2049"),
        ({"callbackURL": "http://[::1/cb"}, "2049"),
        ({"callbackURL": "http://shop.test/a\r\nSet-Cookie: a=b"}, "2049"),
        ({"callbackURL": "http://shop.test/a b"}, "2049"),
        ({"callbackURL": "http://shop.test/" + "a" * 2048}, "2049"),
        ({"amount": "0.99"}, "2006"),
        ({"amount": "0"}, "2006"),
        ({"amount": "-5"}, "2006"),
        ({"amount": -5}, "2006"),
        ({"amount": ""}, "2006"),
        ({"amount": "ten"}, "2006"),
        ({"amount": "10.999"}, "2006"),
        ({"amount": 1e300}, "2006"),
        ({"amount": "1e2"}, "2006"),
        ({"amount": "1" * 13}, "2006"),
        ({"currency": "USD"}, "2007"),
        ({"currency": "bdt"}, "2007"),
        ({"intent": "gift"}, "2008"),
        ({"merchantInvoiceNumber": ""}, "2031"),
        ({"merchantInvoiceNumber": "x" * 256}, "2031"),
        ({"merchantInvoiceNumber": "a<b"}, "2031"),
        ({"merchantInvoiceNumber": "a>b"}, "2031"),
        ({"merchantInvoiceNumber": "a&b"}, "2031"),
    ],
    ids=str,
)
def test_the_first_thing_wrong_is_told_by_its_code(changes: dict[str, Any], code: str):
    """bKash's official codes; a field that is missing before one that is wrong."""
    assert read(**changes) == code


def test_an_amount_of_an_impossible_type_is_malformed():
    """That is the gateway's to refuse, not bKash's."""
    with pytest.raises(MalformedBody):
        read(amount=[1])


def test_a_reference_may_be_optional():
    """A working call of 2020 had none."""
    body = read_create(
        msgspec.json.encode({k: v for k, v in GOOD.items() if k != "payerReference"})
    )
    order = read_order(body, needs_reference=False)
    assert isinstance(order, Order)
    assert order.payer_reference == " "
