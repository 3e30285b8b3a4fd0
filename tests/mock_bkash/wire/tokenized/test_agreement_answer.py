"""Bodies of answers about agreements."""

import json

import pytest

from mock_bkash.agreement import Agreement
from mock_bkash.choice import CallbackForm
from mock_bkash.payment import Payment, PaymentState
from mock_bkash.wire.tokenized import (
    write_agreement,
    write_agreement_created,
    write_agreement_executed,
    write_agreement_queried,
)

WALLET = "01770618575"


@pytest.fixture
def asking() -> Payment:
    return Payment(
        payment_id="AGSRCU01578551845880",
        mode="0000",
        amount_text="",
        amount_poisha=0,
        currency="",
        intent="",
        invoice="",
        payer_reference="01682855342",
        callback_url="http://localhost/callback.php",
        created_ms=1578551845994,
    )


@pytest.fixture
def agreement() -> Agreement:
    return Agreement(
        agreement_id="TokenizedMerchant0192Q28DG1578551981796",
        payment_id="AGSRCU01578551845880",
        payer_reference="01682855342",
        wallet=WALLET,
        by_shopper=True,
        created_ms=1578551845994,
        executed_ms=1578551981796,
    )


def test_an_agreement_is_created_as_recorded(asking: Payment):
    """The trace of 2020, with the callbacks of its year."""
    written = write_agreement_created(
        asking, page_url="http://mock/page", form=CallbackForm.EXECUTE
    )
    created = json.loads(written)
    assert list(created) == [
        *("statusCode", "statusMessage", "paymentID", "payerReference", "bkashURL"),
        *("agreementCreateTime", "agreementStatus", "callbackURL", "successCallbackURL"),
        *("failureCallbackURL", "cancelledCallbackURL"),
    ]
    assert created["agreementCreateTime"] == "2020-01-09T12:37:25:994 GMT+0600"
    assert created["successCallbackURL"] == (
        "http://localhost/callback.php?paymentID=AGSRCU01578551845880"
        "&execute=Agreement&status=success"
    )


def test_an_agreement_is_executed_as_recorded(agreement: Agreement):
    """The trace of 2020."""
    executed = json.loads(write_agreement_executed(agreement))
    assert list(executed) == [
        *("statusCode", "statusMessage", "paymentID", "agreementID", "payerReference"),
        *("agreementExecuteTime", "agreementStatus", "customerMsisdn"),
    ]
    assert executed["agreementStatus"] == "Completed"


def test_query_of_an_agreement_has_what_clients_read(asking: Payment, agreement: Agreement):
    """pybkash wants all of these; before the execute some are not there."""
    asking.state, asking.wallet = PaymentState.COMPLETED, WALLET
    asking.agreement_id = agreement.agreement_id
    queried = json.loads(write_agreement_queried(asking, agreement))
    assert set(queried) == {
        *("statusCode", "statusMessage", "paymentID", "agreementID", "payerReference", "mode"),
        *("payerAccount", "payerType", "agreementStatus", "agreementCreateTime"),
        *("agreementExecuteTime", "verificationStatus", "customerMsisdn"),
    }
    agreement.cancelled_ms = 1578552000000
    cancelled = json.loads(write_agreement_queried(asking, agreement))
    assert cancelled["agreementStatus"] == "Cancelled"
    assert "agreementVoidTime" in cancelled


@pytest.mark.parametrize(
    ("state", "verified"),
    [(PaymentState.INITIATED, "Incomplete"), (PaymentState.APPROVED, "Complete")],
)
def test_query_before_the_execute_knows_no_agreement(asking, state, verified: str):
    """Initiated, as a payment is."""
    asking.state = state
    queried = json.loads(write_agreement_queried(asking, None))
    assert queried["agreementStatus"] == "Initiated"
    assert queried["verificationStatus"] == verified
    assert not {"agreementID", "agreementExecuteTime", "customerMsisdn"} & set(queried)


def test_status_and_cancel_answer_alike(agreement: Agreement):
    """The trace of 2020; the void time is there once there is one."""
    keys = [
        *("statusCode", "statusMessage", "agreementID", "paymentID", "agreementStatus"),
        *("agreementCreateTime", "agreementExecuteTime", "payerReference", "customerMsisdn"),
    ]
    assert list(json.loads(write_agreement(agreement))) == keys
    agreement.cancelled_ms = 1578552000000
    keys.insert(7, "agreementVoidTime")
    assert list(json.loads(write_agreement(agreement))) == keys
