"""How to ask the mock for a certain refusal: in words that a merchant or shopper can always choose.

A merchant invoice number or payer reference that begins with `mock-STEP-CODE` ("mock-refund-2081",
"mock-execute-2023-order-17") has that step of the payment refused with bKash's code. A shopper does
it with a wallet: 0190000CCCC is refused on the customer page after the PIN, 0191000CCCC at execute.
The sandbox has two such wallets of its own (`mock_bkash.wallet`).

A code that says "try again" is given once per payment and step, so that trying again can be tried.
"""

import re
from enum import StrEnum
from typing import Final

from mock_bkash.payment import Payment
from mock_bkash.wallet import REFUSING_WALLETS
from mock_bkash.wire import MESSAGES, SUCCESSFUL

__all__ = [
    "TRANSIENT_CODES",
    "Step",
    "is_magic_wallet",
    "magic_code",
    "next_refusal",
    "wallet_code",
]

TRANSIENT_CODES: Final = frozenset({"503", "2003", "2020", "2024"})
"""Codes that leave open what happened and invite another try."""

_WORD: Final = re.compile(r"mock-([a-z]+(?:-[a-z]+)?)-([0-9]{3,4})(?![0-9])", re.ASCII)
_PREFIX: Final = "mock-"


class Step(StrEnum):
    """Name what can be refused."""

    GRANT = "grant"
    REFRESH = "refresh"
    CREATE = "create"
    PAGE = "page"
    EXECUTE = "execute"
    QUERY = "query"
    SEARCH = "search"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"
    REFUND_STATUS = "refund-status"
    AGREEMENT_STATUS = "agreement-status"
    AGREEMENT_CANCEL = "agreement-cancel"


_WALLET_PREFIXES: Final = {Step.PAGE: "0190000", Step.EXECUTE: "0191000"}


def magic_code(step: Step, text: str) -> str | None:
    """Return the code with which a text wants a step refused, or None."""
    if not text.startswith(_PREFIX):
        return None
    match = _WORD.match(text)
    return _known(match[2]) if match is not None and match[1] == step else None


def wallet_code(step: Step, wallet: str) -> str | None:
    """Return the code with which a wallet is refused at a step, or None."""
    if step is Step.PAGE and wallet in REFUSING_WALLETS:
        return REFUSING_WALLETS[wallet]
    prefix = _WALLET_PREFIXES[step]
    return _known(wallet.removeprefix(prefix)) if wallet.startswith(prefix) else None


def is_magic_wallet(wallet: str) -> bool:
    """Tell whether a wallet is one that asks for a refusal."""
    return any(wallet_code(step, wallet) is not None for step in _WALLET_PREFIXES)


def next_refusal(payment: Payment, step: Step) -> str | None:
    """Return the code with which a step of a payment is to be refused now, or None.

    A transient code is given once, and the payment remembers it.
    """
    code = magic_code(step, payment.invoice) or magic_code(step, payment.payer_reference)
    if code is None and step is Step.EXECUTE:
        code = wallet_code(step, payment.wallet)
    if code in TRANSIENT_CODES:
        if step in payment.stumbles:
            return None
        payment.stumbles = (*payment.stumbles, step)
    return code


def _known(digits: str) -> str | None:
    # 503 is bKash's only code of three digits; a wallet has room for four.
    code = digits.removeprefix("0")
    return code if code in MESSAGES and code != SUCCESSFUL else None
