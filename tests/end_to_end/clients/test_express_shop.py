"""The example on Express and bkash-payment: it sells, and the probe finds what is the library's."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

pytestmark = [pytest.mark.real_time, pytest.mark.node]

SHOP = Path(__file__).parents[3] / "examples" / "express-shop"
TARGET = SHOP / "target.toml"
MOST_LINES = 10
CLOSE = 0.02
"""What the gaps seen from outside may differ from the shop's own Server-Timing."""

QUICK = """
name = "quick"
[operations.token_grant]
kind = "constant"
value_s = 0.3
[operations.create_payment]
kind = "constant"
value_s = 0.1
[operations.execute_payment]
kind = "constant"
value_s = 0.1
"""


@pytest.fixture
def serve_shop(serve_script, install):
    def start(base_url: str, *, statement_ms: int) -> str:
        return serve_script(
            SHOP / "server.js",
            install(SHOP),
            BKASH_BASE_URL=base_url,
            BKASH_APP_KEY="shop-key",
            PORT="0",
            STATEMENT_MS=str(statement_ms),
        )

    return start


def test_a_shopper_buys_and_a_forger_does_not(serve_shop, desk):
    """Money moves once, for the order that says so, whatever addresses are called again."""
    root = serve_shop(desk.base_url, statement_ms=0)
    with httpx.Client(base_url=root, trust_env=False) as shopper:
        assert "150 taka" in shopper.get("/products/5").text
        paid = shopper.post("/pay", data={"customer": "7", "product": "5", "amount": "1"})
        assert paid.status_code == 303
        stages = {metric.partition(";")[0] for metric in paid.headers["server-timing"].split(", ")}
        assert stages == {
            *("find_customer", "find_product", "insert_order"),
            *("create_payment", "attach_payment"),
        }
        back = httpx.get(paid.headers["location"], trust_env=False).headers["location"]
        for _ in range(2):
            assert shopper.get(back).headers["location"].endswith("?status=paid")
        forged = back.replace(parse_qs(urlsplit(back).query)["paymentID"][0], "TR0011x")
        assert shopper.get(forged).headers["location"].endswith("?status=unknown")
        assert shopper.post("/pay", data={"customer": "7", "product": "51"}).status_code == 502
    (payment,) = desk.ask("payments")["payments"]
    (capture,) = desk.ask("ledger")["captures"]
    assert (capture["payment_id"], capture["amount_poisha"]) == (payment["payment_id"], 15_000)
    assert desk.calls() == {"token_grant": 1, "create_payment": 1, "execute_payment": 1}


def test_an_order_whose_execute_was_not_answered_is_asked_about(serve_shop, desk):
    """And not executed again."""
    root = serve_shop(desk.base_url, statement_ms=0)
    with httpx.Client(base_url=root, trust_env=False) as shopper:
        shopper.post("/pay", data={"customer": "8", "product": "1"})
        desk.plan_fault("response-lost")
        paid = shopper.post("/pay", data={"customer": "7", "product": "5"})
        back = httpx.get(paid.headers["location"], trust_env=False).headers["location"]
        assert shopper.get(back).headers["location"].endswith("?status=paid")
    calls = desk.calls()
    assert (calls["execute_payment"], calls["query_payment"]) == (1, 1)


def test_its_target_is_short():
    """Ten lines, and no comment that would explain them."""
    lines = TARGET.read_text().splitlines()
    assert len(lines) <= MOST_LINES
    assert all(lines)


@pytest.mark.alone
def test_the_probe_finds_what_the_library_does_wrong(household, serve_shop, port: int):
    """Two mistakes, none of them the shop's; gaps within 2 % of the shop's own Server-Timing."""
    root = serve_shop(f"http://127.0.0.1:{port}/v1.2.0-beta", statement_ms=300)
    (household.folder / "quick.toml").write_text(QUICK)
    done = household.bench(
        *("probe", "--target", str(TARGET), "--url", root, "--mock-port", str(port)),
        *("--profile", "quick.toml", "--payments", "4", "--patience", "16"),
        *("--out", "probe", "--json", "--quiet"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    record = json.loads(done.stdout)
    states = {check["mistake"]: check["state"] for check in record["checks"]}
    found = {mistake for mistake, state in states.items() if state == "found"}
    unseen = {mistake for mistake, state in states.items() if state == "not_checked"}
    assert found == {"token_not_replaced", "no_timeout"}
    assert unseen == {"no_single_flight", "token_to_last_second"}
    assert {a["stage"] for a in record["agreements"]} == {"create_payment", "execute_payment"}
    # A busy machine only ever adds to a difference, and the first payment's has a grant in it.
    later = [p for p in record["payments"] if p["purpose"] == "routine"][1:]
    for request, stage in (("make_payment", "create_payment"), ("callback", "execute_payment")):
        assert min(difference(payment, request, stage) for payment in later) < CLOSE


def difference(payment: dict, request: str, stage: str) -> float:
    """How far a gap seen from outside is from the shop's own, as a share of it."""
    (sent,) = (r for r in payment["requests"] if r["name"] == request)
    (inside,) = (s["start_ns"] for s in sent["stages"] if s["name"] == stage)
    (call,) = (c for c in payment["calls"] if c["operation"] == stage)
    return abs(call["start_ns"] - sent["start_ns"] - inside) / inside
