"""What bKash checks when a shopper confirms with the PIN: wallet, balance, duplicates."""

from typing import Final

from mock_bkash.magic import Step, next_refusal, wallet_code
from mock_bkash.payment import AGREEMENT, Payment
from mock_bkash.tenant import Tenant

__all__ = ["judge_approval"]

_NEEDS_MONEY: Final = frozenset({"2023", "2037"})
"""Refusals that only concern a payment: an agreement takes nothing yet."""


def judge_approval(tenant: Tenant, payment: Payment, *, wallet: str) -> str | None:
    """Return the code with which a confirmed payment is declined all the same, or None."""
    code = next_refusal(payment, Step.PAGE) or wallet_code(Step.PAGE, wallet)
    if payment.mode == AGREEMENT:
        if code is not None and code not in _NEEDS_MONEY:
            return code
        reference = payment.payer_reference
        taken = tenant.agreements.between(wallet=wallet, payer_reference=reference)
        return None if taken is None else "2050"
    now_ms = tenant.clock.epoch_ms()
    if code is None and tenant.duplicates.forbids(payment, wallet=wallet, now_ms=now_ms):
        return "2029"
    return code
