"""The sandbox's shoppers: their wallets, the one OTP and the one PIN.

Source: bKash's merchant PDF and its integration team's mails (sandbox wallets for UAT).
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["DEFAULT_WALLET", "OTP", "PIN", "REFUSING_WALLETS", "WALLETS"]

WALLETS: Final = (
    "01770618575",
    "01929918378",
    "01770618576",
    "01877722345",
    "01619777282",
    "01619777283",
)
"""Wallets whose payments succeed."""

DEFAULT_WALLET: Final = WALLETS[0]
"""Pays where nobody says who pays."""

REFUSING_WALLETS: Final[Mapping[str, str]] = {
    "01823074817": "2023",
    "01823074818": "2037",
}
"""Wallets whose payments fail, with bKash's code: insufficient balance, debit block."""

OTP: Final = "123456"
PIN: Final = "12121"
