"""Laws of the ledger audit of a run."""

import httpx
import msgspec

from harness.lab.admin import Admin
from harness.lab.audit import audit_variant, payer_views
from harness.rundata import Sample, SampleFile


def sample(**changes) -> Sample:
    fields = {
        "variant": "cached",
        "arrival": 1,
        "request": "callback",
        "stage": "",
        "intended_ns": 0,
        "start_ns": 0,
        "end_ns": 1,
        "modelled_ns": None,
        "outcome": "ok",
        "status": 303,
        "warmup": False,
        "payment_id": "TR1",
    }
    return Sample(**{**fields, **changes})


def views_of(tmp_path, *samples):
    file = SampleFile(tmp_path / "samples-a.csv")
    for one in samples:
        file.append(one)
    file.close()
    return payer_views([file.path])


def test_shoppers_saw_what_their_way_back_said(tmp_path):
    """ok was shown as paid; not paid as pending where the shop said so, else as failed."""
    views = views_of(
        tmp_path,
        sample(),
        sample(payment_id="TR2", outcome="not_paid", error="query:status says 'failed'"),
        sample(payment_id="TR3", outcome="not_paid", error="query:status says 'pending'"),
        sample(payment_id="TR4", variant="stored"),
    )
    assert views == {
        "cached": [
            {"payment_id": "TR1", "shown": "paid"},
            {"payment_id": "TR2", "shown": "failed"},
            {"payment_id": "TR3", "shown": "pending"},
        ],
        "stored": [{"payment_id": "TR4", "shown": "paid"}],
    }


def test_shoppers_who_saw_an_error_are_no_witnesses(tmp_path):
    """Neither an error, nor a stage, nor an earlier request says what a shopper was told."""
    views = views_of(
        tmp_path,
        sample(outcome="timeout"),
        sample(stage="execute_payment"),
        sample(request="make_payment"),
        sample(payment_id=""),
    )
    assert views == {}


async def test_unreadable_books_are_left_out_of_the_request():
    """A backend of somebody else's is audited without a merchant's view, not with an empty one."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(msgspec.json.decode(request.content))
        return httpx.Response(200, json={"ok": True})

    payer = [{"payment_id": "TR1", "shown": "paid"}]
    async with Admin("http://127.0.0.1:1", transport=httpx.MockTransport(answer)) as admin:
        await audit_variant(admin, app_key="shop", payments=None, payer=payer)
        await audit_variant(admin, app_key="shop", payments=[], payer=payer)
    assert asked == [
        {"app_key": "shop", "payer": payer},
        {"app_key": "shop", "payer": payer, "payments": []},
    ]
