"""Magic wallets: a shopper that meets one fault, chosen by the number that pays.

For tests that cannot set a header, because somebody else's client calls bKash. The number may be
given on the customer page or as the payer reference; from create's answer on, the payment's calls
meet what the plan says.
"""

from collections.abc import Mapping
from typing import Final

from mock_bkash.fault.plan import FaultPlan
from mock_bkash.fault.source import named_plan

__all__ = ["FAULT_WALLETS", "wallet_plan"]

FAULT_WALLETS: Final[Mapping[str, str]] = {
    "01920000001": "response-lost",
    "01920000002": "very-late",
    "01920000003": "duplicated",
    "01920000004": "query-lag",
    "01920000005": "gateway-timeout",
    "01920000006": "hung",
    "01920000007": "half-sent",
    "01920000008": "throttled",
    "01920000009": "maintenance",
    "01920000010": "altered-amount",
    "01920000011": "callback-lost",
}
"""Built-in plan by wallet. 0192 is a number range like any; these are nobody's in the sandbox."""


def wallet_plan(wallets: tuple[str, ...]) -> FaultPlan | None:
    """Return the plan of the first of a payment's numbers that has one."""
    name = next((FAULT_WALLETS[wallet] for wallet in wallets if wallet in FAULT_WALLETS), None)
    return None if name is None else named_plan(name)
