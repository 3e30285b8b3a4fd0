"""Search."""

import pytest

BASE = "/v1.2.0-beta/tokenized/checkout/general/"


@pytest.mark.parametrize(
    "path", ["searchTransaction", "search/searchTransaction", "searchTran", "searchTransaction/"]
)
async def test_every_spelling_finds_the_transaction(shop, path: str):
    """Sources disagree on the path, so all are served."""
    executed = await shop.execute(await shop.approved())
    found = (await shop.call(BASE + path, {"trxID": executed["trxID"]})).json()
    assert (found["statusCode"], found["trxID"]) == ("0000", executed["trxID"])
    assert (found["amount"], found["transactionStatus"]) == ("1499", "Completed")


async def test_another_merchants_transaction_is_not_found(shop, open_shop):
    """Like one that does not exist."""
    other = open_shop(at=shop, app_key="other")
    await other.grant()
    trx_id = (await shop.execute(await shop.approved()))["trxID"]
    for asked in (trx_id, "AAAAAAAAAA"):
        answer = (await other.call("search", {"trxID": asked})).json()
        assert answer == {"statusCode": "2033", "statusMessage": "Transaction not found"}


async def test_a_search_for_nothing_is_2065(shop):
    """The field is mandatory."""
    assert (await shop.call("search", {})).json()["statusCode"] == "2065"
