"""Magic wallets."""

import re
from pathlib import Path

from mock_bkash.fault import FAULT_WALLETS, plan_names, wallet_plan
from mock_bkash.wallet import REFUSING_WALLETS, WALLETS


def test_every_wallet_brings_a_plan_that_there_is():
    """And none of the sandbox's own does."""
    assert set(FAULT_WALLETS.values()) <= set(plan_names())
    assert not set(FAULT_WALLETS) & {*WALLETS, *REFUSING_WALLETS}


def test_every_wallet_is_documented():
    """With its plan."""
    documented = (Path(__file__).parents[3] / "docs" / "faults.md").read_text()
    for wallet, plan in FAULT_WALLETS.items():
        assert re.search(rf"\| {wallet} \| `{plan}` \|", documented)


def test_the_first_number_that_is_magic_counts():
    """The wallet, then the payer reference."""
    plan = wallet_plan(("01770618575", "01920000004"))
    assert plan is not None
    assert plan.name == "query-lag"
    assert wallet_plan(("01770618575", "")) is None
    assert wallet_plan(()) is None
