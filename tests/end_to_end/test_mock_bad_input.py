"""What strangers may send to the mock: nothing makes it stumble, on any of its addresses.

Below 500 on every endpoint, in the form that the endpoint speaks, and the next request is served.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.json import decode, encode
from starlette.applications import Starlette
from starlette.routing import Route

from harness.simulation import run_virtual
from mock_bkash import MockConfig, create_app, load_profile
from mock_bkash.admin import create_admin
from mock_bkash.wire import MESSAGES
from mock_bkash.world import World

CHECKOUT = "/v1.2.0-beta/tokenized/checkout"


def gateway_paths() -> list[str]:
    return sorted(World(MockConfig()).gateway._operations)


def admin_paths() -> list[tuple[str, str]]:
    guard: Any = create_admin(World(MockConfig()))
    assert isinstance(guard._app, Starlette)
    routes = [route for route in guard._app.routes if isinstance(route, Route)]
    return sorted(
        (method, route.path.replace("{payment_id}", "TR1"))
        for route in routes
        for method in route.methods or ()
    )


ADDRESSES = [
    *(("POST", path) for path in gateway_paths()),
    *admin_paths(),
    ("GET", "/redirect/tokenized/"),
    ("POST", "/redirect/tokenized/"),
    ("GET", "/"),
]
"""Every address that there is, and one that is none."""


@dataclass
class Answered:
    status: int
    headers: dict[bytes, bytes]
    body: bytes


class Mock:
    """A mock that is spoken to in raw ASGI, as its server would."""

    def __init__(self) -> None:
        self._app = create_app(MockConfig(profile=load_profile("fast")))
        self.token = b""

    async def send(
        self, method: str, path: str, *, body: bytes, query: bytes = b"", **named: bytes
    ) -> Answered:
        headers = [(name.replace("_", "-").encode(), value) for name, value in named.items()]
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode("utf-8", "surrogateescape"),
            "query_string": query,
            "headers": headers,
            "scheme": "http",
            "server": ("127.0.0.1", 8700),
        }
        async with asyncio.timeout(60):
            await self._app(scope, receive, send)
        whole = b"".join(message.get("body", b"") for message in sent[1:])
        return Answered(sent[0]["status"], dict(sent[0]["headers"]), whole)

    async def open(self) -> None:
        answer = await self.send(
            "POST",
            f"{CHECKOUT}/token/grant",
            body=b'{"app_key":"shop","app_secret":"s"}',
            username=b"u",
            password=b"p",
        )
        self.token = decode(answer.body)["id_token"].encode()

    async def knock(self, method: str, path: str, *, body: bytes, **more: bytes) -> None:
        """Send something, check the form of the answer, and that the next one is served."""
        guard = {} if path.startswith("/_mock/") else {"authorization": self.token}
        usual = {"x_app_key": b"shop", "username": b"u", "password": b"p", **guard}
        answer = await self.send(method, path, body=body, **{**usual, **more})
        assert 200 <= answer.status < 500
        kind = answer.headers.get(b"content-type", b"")
        if kind == b"application/json":
            told = decode(answer.body)
            # Done, or refused in bKash's own form; an error of HTTP's has a sentence.
            if path.startswith(CHECKOUT) and answer.status == 200:
                assert told["statusCode"] in MESSAGES
            elif answer.status >= 400:
                assert told.get("message") or told["externalCode"] in MESSAGES
        else:
            assert kind.startswith(b"text/") or not answer.body
        health = await self.send("GET", "/_mock/health", body=b"")
        assert health.status == 200


NASTY = {
    "nothing": b"",
    "no JSON": b"{",
    "invalid UTF-8": b'{"paymentID":"\xff\xfe","merchantInvoiceNumber":"\xc3\x28"}',
    "a lone surrogate": b'{"paymentID":"\\ud800","merchantInvoiceNumber":"\\udfff"}',
    "control characters": b'{"paymentID":"\\u0000\\u0007\\r\\nX-Evil: 1","app_key":"\\u0000"}',
    "raw control characters": b'{"paymentID":"\x00\x07"}',
    "NaN": b'{"amount":NaN,"advance_s":NaN,"shut_s":Infinity}',
    "a huge number": b'{"amount":1e999,"advance_s":1e999,"shut_s":1e308}',
    "more digits than Python reads": b'{"amount":' + b"9" * 5000 + b',"advance_s":1}',
    "a minus": b'{"amount":-1,"advance_s":-1,"shut_s":-1}',
    "duplicate keys": b'{"paymentID":"a","paymentID":"b","app_key":"x","app_key":3}',
    "deep lists": b'{"paymentID":' + b"[" * 30_000,
    "deep objects": b'{"a":' * 6_000 + b"1" + b"}" * 6_000,
    "a list": b"[1]",
    "a text": b'"x"',
    "null": b"null",
    "wrong types": b'{"paymentID":{},"app_key":[],"faults":{},"plan":3,"advance_s":"x"}',
    "64 KiB": b'{"paymentID":"' + b"x" * 65_000 + b'"}',
    "too long": b'{"paymentID":"' + b"x" * 300_000 + b'"}',
    "a byte order mark": b'\xef\xbb\xbf{"paymentID":"a"}',
    "SQL": b'{"paymentID":"\' OR 1=1 --","trxID":"; DROP TABLE payment"}',
    "a format": b'{"paymentID":"%s%n{0}${jndi:ldap://x}"}',
}


@pytest.mark.parametrize("body", NASTY.values(), ids=NASTY.keys())
def test_every_address_takes_every_nasty_body(body: bytes):
    """S12: on all of them, with a token that lives."""

    async def main() -> None:
        mock = Mock()
        await mock.open()
        for method, path in ADDRESSES:
            if path != "/_mock/reset":
                await mock.knock(method, path, body=body)

    run_virtual(main())


NASTY_HEADERS = [
    {"authorization": b"\xff" * 300},
    {"authorization": b"Bearer " * 2000},
    {"x_app_key": b"\x80\xff"},
    {"x_app_key": b"k" * 60_000},
    {"content_length": b"-1"},
    {"content_length": b"9" * 5000},
    {"content_length": b"\xb2"},
    {"content_type": b"text/xml; charset=\xff"},
    {"traceparent": b"00-" + b"\xff" * 32 + b"-0000000000000000-01"},
    {"host": b"\xff\r\n<script>"},
    {"origin": b"\xff://["},
    {"x_mock_fault": b"\xff;\x00=;;;=,,,"},
    {"x_mock_fault": b"reset;first=" + b"[" * 5000},
    {"x_mock_fault": b"reset;first=9" + b"9" * 900},
    {"x_admin_token": b"\xff"},
    {"expect": b"200-whatever"},
]


@pytest.mark.parametrize("headers", NASTY_HEADERS, ids=lambda h: f"{next(iter(h))}")
def test_every_address_takes_every_nasty_header(headers: dict[str, bytes]):
    """S12: bytes that are no text, lengths that are none, values without end."""

    async def main() -> None:
        mock = Mock()
        await mock.open()
        for method, path in ADDRESSES:
            if path != "/_mock/reset":
                await mock.knock(method, path, body=b'{"paymentID":"TR1"}', **headers)

    run_virtual(main())


QUERIES = [
    b"app_key=\xff&offset=-1&limit=9999999999",
    b"app_key=%00%ff&app_key=&name=%F0",
    b"offset=1e3&limit=\xc2\xb2",
    b"paymentID=%00&hash=%ff!&hash=",
    b"&" * 5000,
    b"=" * 5000,
    b"%" * 5000,
    b"a" * 60_000,
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query[:16]))
def test_every_address_takes_every_nasty_query(query: bytes):
    """S12: what is no query, too."""

    async def main() -> None:
        mock = Mock()
        await mock.open()
        for method, path in ADDRESSES:
            if path != "/_mock/reset":
                await mock.knock(method, path, body=b"{}", query=query)

    run_virtual(main())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        *("app_key", "app_secret", "refresh_token", "mode", "payerReference", "callbackURL"),
        *("amount", "currency", "intent", "merchantInvoiceNumber", "paymentID", "trxID"),
        *("agreementID", "sku", "reason", "paymentId", "trxId", "refundAmount", "plan", "name"),
        *("faults", "ttl_s", "advance_s", "shut_s", "payments", "payer", "horizon_s"),
    ]
)
KEYS = FIELDS | st.text(max_size=12)
BODIES = st.binary(max_size=200) | st.dictionaries(KEYS, VALUES, max_size=8)


@given(
    address=st.sampled_from([a for a in ADDRESSES if a[1] != "/_mock/reset"]),
    body=BODIES,
    query=st.binary(max_size=40),
    fault=st.none() | st.binary(max_size=40),
)
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_whatever_makes_the_mock_stumble(
    address: tuple[str, str], body: Any, query: bytes, fault: bytes | None
):
    """S12: any bytes, any JSON in any field, any query, any header, on any address."""
    raw = body if isinstance(body, bytes) else encode(body)
    more = {} if fault is None else {"x_mock_fault": fault}

    async def main() -> None:
        mock = Mock()
        await mock.open()
        await mock.knock(*address, body=raw, query=query, **more)

    run_virtual(main())


@given(method=st.text(max_size=12), path=st.text(max_size=40))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_address_whatever_makes_the_mock_stumble(method: str, path: str):
    """S12: methods and paths that nobody has thought of."""

    async def main() -> None:
        await Mock().knock(method, f"/{path}", body=b"{}")
        await Mock().knock(method, f"/_mock/{path}", body=b"{}")

    run_virtual(main())
