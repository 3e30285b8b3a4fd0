"""The audit over HTTP."""

import pytest

from mock_bkash.admin import auditing


def books(payment_id: str, **changes):
    return {
        "ref": "r1",
        "order": "o1",
        "payment_id": payment_id,
        "amount_poisha": 149_900,
        "currency": "BDT",
        "invoice": "inv-1",
        "status": "paid",
        "history": ["initiated", "created", "executing", "paid"],
        "fulfilments": 1,
        "refunded_poisha": 0,
        **changes,
    }


async def test_good_books_are_found_good(shop):
    """All eight looked at, none broken."""
    payment_id = await shop.approved()
    await shop.execute(payment_id)
    view = {
        "app_key": "shop",
        "horizon_s": 3600,
        "payments": [books(payment_id)],
        "payer": [{"payment_id": payment_id, "shown": "paid"}],
    }
    verdict = await shop.admin("POST", "audit", json=view)
    assert (verdict["ok"], verdict["payments"], verdict["captures"]) == (True, 1, 1)
    assert verdict["violations"] == []
    assert list(verdict["invariants"]) == list("abcdefgh")
    assert all(
        i == {"applicable": True, "checked": i["checked"]} for i in verdict["invariants"].values()
    )


async def test_books_that_say_paid_without_a_capture_are_found_out(shop):
    """The ledger is the truth."""
    payment_id = await shop.approved()
    view = {"app_key": "shop", "payments": [books(payment_id)]}
    verdict = await shop.admin("POST", "audit", json=view)
    assert not verdict["ok"]
    assert {
        "invariant": "d",
        "payment_id": payment_id,
        "ref": "r1",
        "message": "'paid' without a capture",
    } in verdict["violations"]


async def test_an_app_key_that_never_called_has_an_empty_ledger(shop):
    """That is a finding of its own, not a failure of the audit."""
    verdict = await shop.admin("POST", "audit", json={"app_key": "nobody", "payments": []})
    assert (verdict["ok"], verdict["captures"]) == (True, 0)


async def test_the_horizon_counts_from_the_creation_at_the_gateway(shop):
    """By the modelled clock of the app key."""
    payment_id = (await shop.create())["paymentID"]
    payment = books(payment_id, status="created", history=["created"], fulfilments=0)
    await shop.advance(1)
    for horizon_s, found in ((3600, []), (0, ["e"])):
        view = {"app_key": "shop", "horizon_s": horizon_s, "payments": [payment]}
        verdict = await shop.admin("POST", "audit", json=view)
        assert [v["invariant"] for v in verdict["violations"]] == found


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "no audit request"),
        (b"{}", "app_key"),
        (b'{"app_key":"k","payments":[{"ref":"r"}]}', "$.payments[0]"),
        (b'{"app_key":' + b"[" * 50_000, "no audit request"),
        (b'{"app_key":"\xff"}', "no audit request"),
    ],
    ids=lambda value: value[:20],
)
async def test_what_is_no_audit_request_is_told(shop, body: bytes, words: str):
    """400, with the place in the body."""
    answer = await shop.http.post("/_mock/audit", content=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


async def test_an_audit_has_a_limit_of_its_own(shop, monkeypatch):
    """Larger than a payment call's, but there is one."""
    monkeypatch.setattr(auditing, "MAX_AUDIT_BYTES", 100)
    answer = await shop.http.post("/_mock/audit", content=b" " * 101)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


async def test_an_audit_in_instalments_looks_at_what_is_named_and_gives_it_up(shop):
    """A run can be longer than memory; the last audit, without `settle`, judges what is left."""
    first, second = await shop.approved(), await shop.approved()
    await shop.execute(first)
    await shop.execute(second)
    part = {"app_key": "shop", "payments": [books(first)], "settle": True}
    verdict = await shop.admin("POST", "audit", json=part)
    assert (verdict["ok"], verdict["payments"], verdict["captures"]) == (True, 1, 1)
    rest = {"app_key": "shop", "payments": [books(second, ref="r2", order="o2")]}
    verdict = await shop.admin("POST", "audit", json=rest)
    assert (verdict["ok"], verdict["payments"], verdict["captures"]) == (True, 1, 1)
    counters = await shop.admin("GET", "counters", params={"app_key": "shop"})
    assert counters["payments_created"] == 2


async def test_an_instalment_finds_what_is_wrong_with_what_it_names(shop):
    """To be looked at in part is not to be looked at less."""
    captured, other = await shop.approved(), await shop.approved()
    await shop.execute(captured)
    part = {
        "app_key": "shop",
        "payments": [books(captured, status="declined"), books(other, ref="r2", order="o2")],
        "settle": True,
    }
    verdict = await shop.admin("POST", "audit", json=part)
    assert {found["invariant"] for found in verdict["violations"]} >= {"b", "d"}


async def test_what_no_instalment_named_is_missed_at_the_end(shop):
    """A capture that the shop knows nothing of cannot be settled away."""
    known, unknown = await shop.approved(), await shop.approved()
    await shop.execute(known)
    await shop.execute(unknown)
    part = {"app_key": "shop", "payments": [books(known)], "settle": True}
    assert (await shop.admin("POST", "audit", json=part))["ok"]
    verdict = await shop.admin("POST", "audit", json={"app_key": "shop", "payments": []})
    assert {found["invariant"] for found in verdict["violations"]} >= {"b", "c"}
