"""Looking at the mock."""

from mock_bkash.journal import Call
from mock_bkash.payment import Payment

CANARIES = ("pass-9f2c", "secret-77aa")


async def test_health_says_how_the_mock_is_set(open_shop):
    """What a test log needs to be understood later."""
    health = await open_shop(time_scale=0.5, seed=7).admin("GET", "health")
    assert health == {
        "status": "ok",
        "profile": "fast",
        "seed": 7,
        "time_scale": 0.5,
        "approve": "page",
        "token_lifetime_s": 3600.0,
        "token_limit": "count",
        "duplicate_window_s": 300.0,
        "not_approved_code": "2056",
        "callback_form": "2026",
        "quirks": [],
        "app_keys": [],
        "unattributed_calls": {},
    }


async def test_the_ledger_shows_every_capture(shop):
    """And their sum."""
    executed = [await shop.execute(await shop.approved(amount="10.50")) for _ in range(2)]
    ledger = await shop.admin("GET", "ledger")
    assert ledger["total_poisha"] == 2100
    assert [c["trx_id"] for c in ledger["captures"]] == [e["trxID"] for e in executed]
    assert ledger["captures"][0]["captured_at"] == executed[0]["paymentExecuteTime"]


async def test_payments_come_in_slices(shop):
    """Oldest first, from an offset, at most so many."""
    made = [(await shop.create())["paymentID"] for _ in range(5)]
    listed = await shop.admin("GET", "payments", params={"offset": 1, "limit": 2})
    assert (listed["total"], listed["offset"]) == (5, 1)
    assert [p["payment_id"] for p in listed["payments"]] == made[1:3]


async def test_the_journal_keeps_the_last_calls_and_counts_all(open_shop):
    """A bounded ring, exact totals."""
    shop = open_shop(journal_calls=3)
    await shop.grant()
    for _ in range(9):
        await shop.create()
    journal = await shop.admin("GET", "journal")
    assert journal["totals"] == {"token_grant": 1, "create_payment": 9}
    assert journal["capacity"] == 3
    assert [call["number"] for call in journal["calls"]] == [8, 9, 10]


async def test_a_timeline_shows_the_calls_of_a_payment(shop):
    """With times, attempt, connection and answer."""
    payment_id = await shop.approved()
    await shop.execute(payment_id)
    await shop.execute(payment_id)
    timeline = await shop.admin("GET", f"payments/{payment_id}/timeline")
    calls = timeline["calls"]
    assert (timeline["app_key"], timeline["state"]) == ("shop", "completed")
    assert [(c["operation"], c["attempt"], c["code"]) for c in calls] == [
        ("create_payment", 1, "0000"),
        ("execute_payment", 1, "0000"),
        ("execute_payment", 2, "2062"),
    ]
    for call in calls:
        assert set(call) == set(Call.__struct_fields__)
        assert call["arrival_ns"] <= call["start_ns"] <= call["commit_ns"] <= call["end_ns"]
    assert [c["new_connection"] for c in calls] == [False] * 3


async def test_a_timeline_includes_the_token_calls_of_its_trace(shop):
    """What the payment waited for, though the call does not name it."""
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    await shop.create()
    shop.extra = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    await shop.grant()
    payment_id = (await shop.create())["paymentID"]
    calls = (await shop.admin("GET", f"payments/{payment_id}/timeline"))["calls"]
    assert [(c["operation"], c["trace"]) for c in calls] == [
        ("token_grant", trace),
        ("create_payment", trace),
    ]


async def test_nothing_secret_is_shown_anywhere(shop):
    """Tokens, password, secret and whole wallet numbers: a canary search over every page."""
    payment_id = await shop.approved(payerReference="customer-7")
    await shop.execute(payment_id)
    pages = [
        (await shop.http.get(f"/_mock/{path}")).text
        for path in (
            "health",
            "ledger",
            "payments",
            "journal",
            "counters",
            f"payments/{payment_id}/timeline",
        )
    ]
    for secret in (*CANARIES, shop.id_token, shop.refresh_token, "01770618575"):
        assert all(secret not in page for page in pages)
    assert "017*****575" in pages[2]


def test_the_exhibits_know_every_field_of_a_payment():
    """Whoever adds one decides whether it is shown."""
    assert set(Payment.__struct_fields__) == {
        *("payment_id", "mode", "amount_text", "amount_poisha", "currency", "intent", "invoice"),
        *("payer_reference", "callback_url", "created_ms", "state", "executed_ms", "wallet"),
        *("trx_id", "declined_with", "calls", "settled_ms", "agreement_id", "by_shopper"),
        "stumbles",
    }
