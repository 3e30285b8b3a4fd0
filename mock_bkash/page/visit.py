"""A shopper's way through the customer page: wallet, one-time password, PIN. No HTML here.

Three wrong passwords or PINs and bKash gives the payment up. Who pays by an agreement is asked for
the PIN alone. What bKash thinks of a confirmed payment is not this file's to say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mock_bkash.fault import FAULT_WALLETS
from mock_bkash.magic import is_magic_wallet
from mock_bkash.payment import Move
from mock_bkash.wallet import OTP, PIN, WALLETS
from mock_bkash.wire import MESSAGES

__all__ = ["CLOSE", "MAX_TRIES", "Step", "Visit"]

MAX_TRIES: Final = 3
"""Wrong entries before bKash declines (mail of its integration team)."""

CLOSE: Final = "close"
"""What the form's `action` says when the shopper gives up."""

_NUMBER: Final = re.compile(r"01[3-9][0-9]{8}", re.ASCII)


class Step(StrEnum):
    """Say what the page asks for; each is the name of its form field."""

    WALLET = "wallet"
    OTP = "otp"
    PIN = "pin"


@dataclass(slots=True)
class Visit:
    """Hold how far a shopper has come.

    Attributes:
        step: what is asked for next.
        wallet: the number given, "" before.
        problem: what was wrong with the last entry, in words for the shopper, or "".
        declined_with: bKash's code once it has declined, or "".
        knows_wallet: whether an agreement says whose wallet it is.
    """

    step: Step = Step.WALLET
    wallet: str = ""
    problem: str = ""
    declined_with: str = ""
    knows_wallet: bool = False
    _wrong_otps: int = 0
    _wrong_pins: int = 0

    @classmethod
    def with_wallet(cls, wallet: str) -> "Visit":
        """Return the visit of a shopper whose wallet is known: only the PIN is asked for."""
        return cls(step=Step.PIN, wallet=wallet, knows_wallet=True)

    def submit(self, form: Mapping[str, str]) -> Move | None:
        """Take in a form and return what it settles, or None where more is asked for.

        A form may carry one field, as the page's own do, or several at once.
        """
        self.problem = ""
        if form.get("action") == CLOSE:
            return Move.CANCEL
        if Step.WALLET in form and not self.knows_wallet:
            # Also on the way back: a browser shows the earlier page and the shopper starts anew.
            self.step = Step.WALLET
        for step, enter in (
            (Step.WALLET, self._enter_wallet),
            (Step.OTP, self._enter_otp),
            (Step.PIN, self._enter_pin),
        ):
            if self.step is step and step in form:
                settled = enter(form[step].strip())
                if settled is not None:
                    return settled
        return None

    def _enter_wallet(self, number: str) -> None:
        if not _NUMBER.fullmatch(number):
            self.problem = MESSAGES["2009"]
        elif not (number in WALLETS or number in FAULT_WALLETS or is_magic_wallet(number)):
            self.problem = MESSAGES["2057"]
        else:
            self.wallet = number
            self.step = Step.OTP

    def _enter_otp(self, otp: str) -> Move | None:
        if otp == OTP:
            self.step = Step.PIN
            return None
        self._wrong_otps += 1
        if self._wrong_otps >= MAX_TRIES:
            return self._decline("2017")
        self.problem = MESSAGES["2016"]
        return None

    def _enter_pin(self, pin: str) -> Move | None:
        if pin == PIN:
            return Move.APPROVE
        self._wrong_pins += 1
        if self._wrong_pins >= MAX_TRIES:
            return self._decline("2015")
        self.problem = MESSAGES["2014"]
        return None

    def _decline(self, code: str) -> Move:
        self.declined_with = code
        return Move.DECLINE
