"""A shopper's way through the page."""

import pytest

from mock_bkash.page.visit import Step, Visit
from mock_bkash.payment import Move

GOOD = {"wallet": "01770618575", "otp": "123456", "pin": "12121"}


def test_wallet_otp_pin_approve():
    """One field at a time, as the page asks."""
    visit = Visit()
    assert visit.submit({"wallet": GOOD["wallet"], "action": "next"}) is None
    assert (visit.step, visit.wallet) == (Step.OTP, "01770618575")
    assert visit.submit({"otp": GOOD["otp"]}) is None
    assert visit.step is Step.PIN
    assert visit.submit({"pin": GOOD["pin"]}) is Move.APPROVE


def test_a_form_may_carry_all_at_once():
    """For scripts; spaces around an entry do no harm."""
    assert Visit().submit({name: f" {value} " for name, value in GOOD.items()}) is Move.APPROVE


def test_nothing_entered_changes_nothing():
    """Looking at the page is no move."""
    visit = Visit()
    assert visit.submit({}) is None
    assert (visit.step, visit.problem) == (Step.WALLET, "")


@pytest.mark.parametrize(
    "step", [{}, {"wallet": GOOD["wallet"]}, {"wallet": GOOD["wallet"], "otp": "123456"}]
)
def test_close_cancels_at_any_step(step: dict[str, str]):
    """Whatever stands in the field."""
    visit = Visit()
    visit.submit(step)
    assert visit.submit({"otp": "", "action": "close"}) is Move.CANCEL


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("", "Invalid Wallet"),
        ("0177061857", "Invalid Wallet"),
        ("01270618575", "Invalid Wallet"),
        ("not a number", "Invalid Wallet"),
        ("01711111111", "Not a bKash Account"),
    ],
)
def test_a_strange_wallet_may_be_corrected(number: str, problem: str):
    """As often as it takes."""
    visit = Visit()
    for _ in range(5):
        assert visit.submit({"wallet": number}) is None
        assert (visit.step, visit.problem) == (Step.WALLET, problem)
    visit.submit({"wallet": GOOD["wallet"]})
    assert (visit.step, visit.problem) == (Step.OTP, "")


@pytest.mark.parametrize(
    ("before", "field", "problem", "code"),
    [
        ({"wallet": GOOD["wallet"]}, "otp", "Wrong verification code", "2017"),
        ({"wallet": GOOD["wallet"], "otp": "123456"}, "pin", "Wrong PIN", "2015"),
    ],
)
def test_the_third_wrong_entry_declines(before, field: str, problem: str, code: str):
    """Two may be corrected."""
    visit = Visit()
    visit.submit(before)
    for _ in range(2):
        assert visit.submit({field: "0"}) is None
        assert visit.problem == problem
    assert visit.submit({field: "0"}) is Move.DECLINE
    assert visit.declined_with == code


def test_going_back_to_the_wallet_does_not_forgive_wrong_codes():
    """Three tries are three tries, whatever the browser's back button does."""
    visit = Visit()
    for _ in range(2):
        visit.submit({"wallet": GOOD["wallet"]})
        assert visit.submit({"otp": "0"}) is None
    visit.submit({"wallet": GOOD["wallet"]})
    assert visit.submit({"otp": "0"}) is Move.DECLINE


@pytest.mark.parametrize("wallet", ["01823074817", "01823074818", "01900002045", "01910002038"])
def test_wallets_that_will_be_refused_are_let_in(wallet: str):
    """Whether they are refused is judged after the PIN, and not here."""
    visit = Visit()
    assert visit.submit({"wallet": wallet, "otp": "123456"}) is None
    assert visit.submit({"pin": "12121"}) is Move.APPROVE


def test_an_agreement_asks_for_the_pin_alone():
    """Another wallet is not taken."""
    visit = Visit.with_wallet("01929918378")
    assert visit.step is Step.PIN
    assert visit.submit({"wallet": "01770618575"}) is None
    assert visit.step is Step.PIN
    assert visit.submit({"pin": "12121"}) is Move.APPROVE
    assert visit.wallet == "01929918378"


def test_a_later_step_cannot_be_jumped_to():
    """A PIN without a password is not looked at."""
    visit = Visit()
    assert visit.submit({"pin": "12121"}) is None
    assert visit.step is Step.WALLET
