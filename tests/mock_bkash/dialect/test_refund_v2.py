"""The table of refund v2."""

import pytest

from mock_bkash import MockConfig
from mock_bkash.choice import Quirk
from mock_bkash.dialect import Parts, refund_v2_routes
from mock_bkash.identifier import Identifiers
from mock_bkash.tenant import Tenants


def test_it_hangs_off_the_root_of_the_host():
    """Whatever version the rest has."""
    config = MockConfig()
    routes = refund_v2_routes(Parts(config, Tenants(config), Identifiers(b"0" * 16)))
    assert {path: operation.name for path, operation in routes.items()} == {
        "/v2/tokenized-checkout/refund/payment/transaction": "refund_payment",
        "/v2/tokenized-checkout/refund/payment/status": "refund_status",
    }


@pytest.mark.parametrize(
    ("quirks", "end"),
    [((), ":000"), ((Quirk.REFUND_TIME_OFFSET,), ":000 GMT+0600")],
)
async def test_times_follow_the_chosen_source(open_shop, quirks, end: str):
    """Without an offset by default."""
    shop = open_shop(quirks=frozenset(quirks))
    await shop.grant()
    payment_id, trx_id = await shop.paid()
    ids = {"paymentId": payment_id, "trxId": trx_id}
    refunded = await shop.ask("refund v2", **ids, refundAmount="1", sku="s", reason="r")
    assert refunded["completedTime"].endswith(end)
    status = await shop.ask("refund status v2", **ids)
    assert status["originalTrxCompletedTime"].endswith(end)
