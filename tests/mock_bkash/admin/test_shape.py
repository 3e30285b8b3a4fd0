"""What the admin API answers, as types."""

from typing import get_type_hints

import msgspec
import pytest

from mock_bkash.admin import shape

SHAPES = {
    "health": shape.Health,
    "ledger": shape.LedgerShown,
    "payments": shape.PaymentsShown,
    "journal": shape.JournalShown,
    "counters": shape.CountersShown,
    "faults": shape.FaultsShown,
    "clock": shape.ClockShown,
}


@pytest.mark.parametrize("name", SHAPES)
async def test_an_answer_has_the_fields_of_its_type_and_no_others(name: str, shop):
    """With something in it to be shown."""
    payment_id, trx_id = await shop.paid()
    await shop.ask("refund", paymentID=payment_id, trxID=trx_id, amount="1", sku="s", reason="r")
    await shop.http.post("/_mock/faults", json={"plan": "outage"})
    answer = await shop.http.get(f"/_mock/{name}")
    read = msgspec.json.decode(answer.content, type=SHAPES[name])
    assert set(answer.json()) == set(get_type_hints(SHAPES[name]))
    assert set(read) == set(answer.json())
