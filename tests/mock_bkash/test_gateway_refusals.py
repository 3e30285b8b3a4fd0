"""Laws of what the gateway in front of bKash refuses, and of what makes nobody stumble."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from harness.simulation import run_virtual

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)

FIELDS = st.sampled_from(
    [
        "mode",
        "payerReference",
        "callbackURL",
        "amount",
        "currency",
        "intent",
        "merchantInvoiceNumber",
        "paymentID",
        "trxID",
        "app_key",
        "app_secret",
        "refresh_token",
    ]
)

OPERATIONS = ("grant", "refresh", "create", "execute", "query", "search")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_another_method_is_no_route(shop, method: str):
    """The API gateway knows POST only."""
    answer = await shop.http.request(method, "/v1.2.0-beta/tokenized/checkout/create")
    assert (answer.status_code, answer.json()) == (403, {"message": "Missing Authentication Token"})


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1.2.0-beta",
        "/v1.2.0-beta/tokenized/checkout/creat",
        "/tokenized/checkout/create",
        "/v1.2.0-beta/checkout/payment/create",
        "/v1.2.0-beta/tokenized/checkout/create/x",
    ],
)
async def test_an_unknown_path_is_no_route(shop, path: str):
    """Whatever the method, and it belongs to nobody."""
    answer = await shop.http.post(path, json=shop.order())
    assert (answer.status_code, answer.json()) == (403, {"message": "Missing Authentication Token"})
    assert (await shop.admin("GET", "health"))["unattributed_calls"] == {"unknown": 1}


async def test_an_unknown_path_with_a_token_is_told_of_signatures(shop):
    """The API gateway takes the header for one of its own kind; the token is not repeated."""
    answer = await shop.call("/v1.2.0-beta/tokenized/checkout/creat", shop.order())
    assert answer.status_code == 403
    message = answer.json()["message"]
    assert message.startswith("Authorization header requires 'Credential' parameter. ")
    assert shop.id_token not in message


@pytest.mark.parametrize("name", OPERATIONS)
async def test_a_trailing_slash_does_no_harm(shop, name: str):
    """Some clients write one."""
    slashed = await shop.call(PATHS[name] + "/", {})
    assert slashed.status_code == 200


PATHS = {
    "grant": "/v1.2.0-beta/tokenized/checkout/token/grant",
    "refresh": "/v1.2.0-beta/tokenized/checkout/token/refresh",
    "create": "/v1.2.0-beta/tokenized/checkout/create",
    "execute": "/v1.2.0-beta/tokenized/checkout/execute",
    "query": "/v1.2.0-beta/tokenized/checkout/payment/status",
    "search": "/v1.2.0-beta/tokenized/checkout/general/searchTransaction",
}


@pytest.mark.parametrize("name", OPERATIONS)
async def test_a_body_over_64_kib_is_refused(shop, name: str):
    """In the gateway's dialect; one of exactly 64 KiB is read."""
    largest = b'{"x":"' + b"a" * (65_536 - 8) + b'"}'
    assert (await shop.call(name, largest)).status_code == 200
    answer = await shop.call(name, largest + b" ")
    assert (answer.status_code, answer.json()) == (413, {"message": "Request Too Long"})


async def test_a_client_that_leaves_in_the_middle_of_a_request_did_nothing(shop, open_shop):
    """Half a request must not take effect, and is no call."""
    sent: list[Any] = []
    app = shop.http._transport.app

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": PATHS["create"], "headers": []}
    await app(scope, receive, send)
    assert sent == []
    assert (await shop.admin("GET", "health"))["unattributed_calls"] == {}


def test_no_body_whatever_makes_the_mock_stumble(open_shop):
    """Any bytes, any JSON in any field, on any operation: an answer below 500, in JSON."""

    @given(
        name=st.sampled_from(OPERATIONS),
        body=st.binary(max_size=300) | st.dictionaries(FIELDS | st.text(), JSON, max_size=7),
        username=st.sampled_from(["shopkeeper", "", "other"]),
    )
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    def law(name: str, body: Any, username: str) -> None:
        import msgspec

        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)

        async def main() -> None:
            shop = open_shop()
            await shop.grant()
            answer = await shop.call(name, raw, username=username, password="p")
            assert answer.status_code in (200, 400)
            assert isinstance(answer.json(), dict)

        run_virtual(main())

    law()


def test_orders_of_any_values_make_no_5xx(open_shop):
    """Well-formed orders with arbitrary values: a payment or a code, and its page renders."""

    @given(changes=st.dictionaries(FIELDS, JSON, max_size=4))
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    def law(changes: dict[str, Any]) -> None:
        import msgspec

        async def main() -> None:
            shop = open_shop()
            await shop.grant()
            raw = msgspec.json.encode(shop.order(**changes))
            answer = await shop.call("create", raw)
            assert answer.status_code in (200, 400)
            if answer.json().get("statusCode") == "0000":
                page = await shop.http.get(shop.page(answer.json()))
                assert page.status_code == 200

        run_virtual(main())

    law()
