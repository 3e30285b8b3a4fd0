"""The sandbox's shoppers."""

from mock_bkash.wallet import DEFAULT_WALLET, REFUSING_WALLETS, WALLETS
from mock_bkash.wire import MESSAGES


def test_wallets_pay_or_refuse_with_a_reason():
    """No wallet does both, and each refusal is one of bKash's."""
    assert DEFAULT_WALLET in WALLETS
    assert not set(WALLETS) & set(REFUSING_WALLETS)
    assert set(REFUSING_WALLETS.values()) <= set(MESSAGES)
