"""How clients in other languages write the same requests: a whole payment in each manner.

Over bare sockets, so that what is sent is what stands here. None of them has a step in which the
shopper approves.
"""

import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPResponse
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.real_time

CHECKOUT = "/v1.2.0-beta/tokenized/checkout"
LIMIT_S = 30


def as_it_is(text: str) -> str:
    return text


def alternating(text: str) -> str:
    return "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(text))


@dataclass(frozen=True)
class Manner:
    """How requests are written.

    Attributes:
        scheme: before the token.
        spell: of header names.
        slash: after paths.
        version: of HTTP.
        headers: further ones.
        order: fields of create that are otherwise.
        single: whether each call has a connection of its own.
    """

    scheme: str = ""
    spell: Callable[[str], str] = as_it_is
    slash: str = ""
    version: str = "HTTP/1.1"
    headers: Mapping[str, str] = field(default_factory=dict)
    order: Mapping[str, object] = field(default_factory=dict)
    single: bool = False


PLAIN = Manner()
CLOSING = replace(PLAIN, single=True, headers={"Connection": "close"})
MANNERS = {
    "as documented": PLAIN,
    "bearer": replace(PLAIN, scheme="Bearer "),
    "bearer in small letters": replace(PLAIN, scheme="bearer "),
    "headers in capitals": replace(PLAIN, spell=str.upper),
    "headers in any case": replace(PLAIN, spell=alternating),
    "closing": CLOSING,
    "old protocol": replace(CLOSING, version="HTTP/1.0"),
    "keep-alive said aloud": replace(PLAIN, headers={"Connection": "Keep-Alive"}),
    "trailing slashes": replace(PLAIN, slash="/"),
    "asks before it sends": replace(PLAIN, headers={"Expect": "100-continue"}),
    "media type with a charset": replace(
        PLAIN, headers={"Content-Type": "application/json; charset=UTF-8", "Accept": "*/*"}
    ),
    "empty fields": replace(
        PLAIN, order={"agreementID": "", "merchantAssociationInfo": "", "orderId": ""}
    ),
    "fields of a space": replace(
        PLAIN,
        order={"agreementID": " ", "payerReference": " ", "merchantAssociationInfo": " "},
    ),
    "amount as a number": replace(PLAIN, order={"amount": 500.5, "merchantInvoiceNumber": 17}),
    "unknown fields": replace(PLAIN, order={"orderId": 7, "meta": {"list": [None, True]}}),
}


class Caller:
    """Send requests in a manner, on one connection or on many."""

    def __init__(self, root: str, manner: Manner) -> None:
        parts = urlsplit(root)
        self.address = (parts.hostname, parts.port)
        self.manner = manner
        self.line: socket.socket | None = None

    def call(self, path: str, body: object, **headers: str) -> tuple[HTTPResponse, dict]:
        data = json.dumps(body).encode()
        named = {
            "Host": "127.0.0.1",
            "Content-Type": "application/json",
            "Content-Length": str(len(data)),
            **{name.replace("_", "-"): value for name, value in headers.items()},
            **self.manner.headers,
        }
        lines = [f"{self.manner.spell(name)}: {value}" for name, value in named.items()]
        start = f"POST {CHECKOUT}/{path}{self.manner.slash} {self.manner.version}"
        line = self.line or socket.create_connection(self.address, timeout=LIMIT_S)
        line.sendall("\r\n".join([start, *lines, "", ""]).encode() + data)
        answer = HTTPResponse(line, method="POST")
        answer.begin()
        said = json.loads(answer.read())
        self.line = None if self.manner.single else line
        if self.manner.single:
            line.close()
        return answer, said

    def close(self) -> None:
        if self.line is not None:
            self.line.close()


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_payment_is_made_whatever_the_manner(desk, manner: Manner):
    """Created, executed, queried, found, given back: the money is right each time."""
    caller = Caller(desk.root, manner)
    keys = {"app_key": "shop-key", "app_secret": "shop-secret"}
    _, granted = caller.call("token/grant", keys, username="shop", password="shop-password")
    guard = {"Authorization": manner.scheme + granted["id_token"], "X_App_Key": "shop-key"}
    order = {
        "mode": "0011",
        "payerReference": "01770618575",
        "callbackURL": "http://127.0.0.1:9/callback",
        "amount": "500.5",
        "currency": "BDT",
        "intent": "sale",
        "merchantInvoiceNumber": "17",
        **manner.order,
    }
    _, created = caller.call("create", order, **guard)
    assert (created["amount"], created["merchantInvoiceNumber"]) == ("500.5", "17")
    ids = {"paymentID": created["paymentID"]}
    answer, executed = caller.call("execute", ids, **guard)
    assert (answer.getheader("connection") == "close") is manner.single
    _, queried = caller.call("payment/status", ids, **guard)
    _, found = caller.call("general/searchTran", {"trxID": executed["trxID"]}, **guard)
    ids["trxID"] = executed["trxID"]
    refund = {"amount": "100", "sku": "SKU-1", "reason": "size"}
    _, refunded = caller.call("payment/refund", {**ids, **refund}, **guard)
    _, stands = caller.call("payment/refund", ids, **guard)
    caller.close()
    for said in (executed, queried, found, refunded):
        assert (said["statusCode"], said["transactionStatus"]) == ("0000", "Completed")
    assert stands == refunded
    book = {
        "ref": "17",
        "order": "17",
        "payment_id": created["paymentID"],
        "amount_poisha": 50_050,
        "invoice": "17",
        "status": "paid",
        "fulfilments": 1,
        "refunded_poisha": 10_000,
    }
    verdict = desk.judge(book)
    assert verdict["ok"], verdict
    calls = sum(desk.calls().values())
    assert desk.ask("counters")["connections"] == (calls if manner.single else 1)
