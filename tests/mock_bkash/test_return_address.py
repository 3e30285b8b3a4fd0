"""Where a shopper is sent when bKash is done."""

from urllib.parse import parse_qs, urlsplit

from mock_bkash.payment import PaymentState
from mock_bkash.return_address import _STATUSES


def test_every_state_but_the_first_leads_somewhere():
    """A payment that waits for its shopper keeps them on the page."""
    assert set(_STATUSES) == set(PaymentState) - {PaymentState.INITIATED}


async def test_page_and_admin_api_name_the_same_address(shop):
    """A test that approves by the admin API goes on as a browser would."""
    created = await shop.create()
    approved = await shop.admin("POST", f"payments/{created['paymentID']}/approve")
    sent = await shop.http.get(shop.page(created))
    assert sent.headers["location"] == approved["callback"]
    query = parse_qs(urlsplit(approved["callback"]).query)
    assert (query["ref"], query["status"]) == (["7"], ["success"])
