"""What each call takes and gives, as types."""

import msgspec
import pytest

from mock_bkash.wire.tokenized import ANSWERS, PATHS, REFUSALS


@pytest.mark.parametrize("operation", sorted(set(PATHS.values())))
async def test_an_answer_is_one_of_those_that_are_listed(operation: str, shop):
    """Read strictly: with these fields and no others."""
    path = next(path for path, name in PATHS.items() if name == operation)
    payment_id, trx_id = await shop.paid()
    body = {
        **shop.order(mode="0000" if operation == "create_payment" else "0011"),
        "paymentID": payment_id,
        "trxID": trx_id,
        "app_key": shop.app_key,
        "app_secret": shop.app_secret,
        "refresh_token": shop.refresh_token,
        "agreementID": await shop.agree(),
    }
    answer = await shop.call(path, body, username=shop.username, password=shop.password)
    told = answer.json()
    listed = ANSWERS[operation] if told["statusCode"] == "0000" else REFUSALS[operation]
    fields = [{field.encode_name for field in msgspec.structs.fields(kind)} for kind in listed]
    assert any(set(told) <= names for names in fields)
