"""Words and wallets that ask for a refusal."""

import pytest

from mock_bkash.magic import Step, is_magic_wallet, magic_code, next_refusal, wallet_code
from mock_bkash.payment import Payment


def payment(*, invoice: str = "i", reference: str = "r", wallet: str = "") -> Payment:
    return Payment(
        payment_id="TR1",
        mode="0011",
        amount_text="10",
        amount_poisha=1000,
        currency="BDT",
        intent="sale",
        invoice=invoice,
        payer_reference=reference,
        callback_url="http://shop.test/",
        created_ms=0,
        wallet=wallet,
    )


@pytest.mark.parametrize(
    ("text", "step", "code"),
    [
        ("mock-execute-2023", Step.EXECUTE, "2023"),
        ("mock-execute-2023-order-17", Step.EXECUTE, "2023"),
        ("mock-execute-2023", Step.REFUND, None),
        ("mock-refund-status-2082", Step.REFUND_STATUS, "2082"),
        ("mock-refund-status-2082", Step.REFUND, None),
        ("mock-refund-2082", Step.REFUND, "2082"),
        ("mock-create-503", Step.CREATE, "503"),
        ("mock-create-0503", Step.CREATE, "503"),
        ("mock-create-0000", Step.CREATE, None),
        ("mock-create-1234", Step.CREATE, None),
        ("mock-create-20233", Step.CREATE, None),
        ("mock-create", Step.CREATE, None),
        ("my-mock-create-2023", Step.CREATE, None),
        ("", Step.CREATE, None),
    ],
)
def test_words_name_a_step_and_a_code(text: str, step: Step, code: str | None):
    """What comes behind makes an invoice unique; a code that bKash does not have is no word."""
    assert magic_code(step, text) == code


@pytest.mark.parametrize(
    ("wallet", "page", "execute"),
    [
        ("01823074817", "2023", None),
        ("01823074818", "2037", None),
        ("01900002045", "2045", None),
        ("01900000503", "503", None),
        ("01910002038", None, "2038"),
        ("01900001234", None, None),
        ("01770618575", None, None),
    ],
)
def test_wallets_name_a_code_too(wallet: str, page: str | None, execute: str | None):
    """On the page, or at execute."""
    assert wallet_code(Step.PAGE, wallet) == page
    assert wallet_code(Step.EXECUTE, wallet) == execute
    assert is_magic_wallet(wallet) is (page is not None or execute is not None)


@pytest.mark.parametrize(
    ("subject", "step", "code"),
    [
        (payment(invoice="mock-query-2044"), Step.QUERY, "2044"),
        (payment(reference="mock-query-2044"), Step.QUERY, "2044"),
        (payment(wallet="01910002038"), Step.EXECUTE, "2038"),
        (payment(wallet="01910002038"), Step.QUERY, None),
        (payment(), Step.EXECUTE, None),
    ],
)
def test_a_payment_is_refused_by_its_invoice_reference_or_wallet(subject, step, code):
    """Every time it is asked."""
    assert [next_refusal(subject, step) for _ in range(2)] == [code, code]


def test_a_code_that_invites_another_try_is_given_once():
    """Per step, so that the other try can be tried."""
    subject = payment(invoice="mock-execute-2003", reference="mock-query-503")
    codes = [next_refusal(subject, step) for step in (Step.EXECUTE, Step.QUERY) for _ in range(2)]
    assert codes == ["2003", None, "503", None]
