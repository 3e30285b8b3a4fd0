"""The customer page as HTML: one template, filled in for each step. Everything is escaped."""

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from mock_bkash.page.visit import Step, Visit
from mock_bkash.payment import AGREEMENT, Payment
from mock_bkash.wallet import DEFAULT_WALLET, OTP, PIN

__all__ = ["render_gone", "render_step"]

_TEMPLATES: Final = files(__package__) / "templates"
_LAYOUT: Final = Template((_TEMPLATES / "layout.html").read_text("utf-8"))
_STEP: Final = Template((_TEMPLATES / "step.html").read_text("utf-8"))
_GONE: Final = (_TEMPLATES / "gone.html").read_text("utf-8")

_AGREEMENT_SUBJECT: Final = "Agreement: later payments to this shop need your PIN only"

_FIELDS: Final[Mapping[Step, Mapping[str, str]]] = {
    Step.WALLET: {
        "label": "Your bKash account number",
        "type": "tel",
        "placeholder": "e.g. 01XXXXXXXXX",
        "maxlength": "11",
        "autocomplete": "tel-national",
        "button": "Proceed",
        "hint": f"Test wallet {DEFAULT_WALLET}",
        "number": "1",
    },
    Step.OTP: {
        "label": "Verification code sent to your phone",
        "type": "text",
        "placeholder": "6-digit code",
        "maxlength": "6",
        "autocomplete": "one-time-code",
        "button": "Verify",
        "hint": f"Test code {OTP}",
        "number": "2",
    },
    Step.PIN: {
        "label": "PIN of your account",
        "type": "password",
        "placeholder": "5-digit PIN",
        "maxlength": "5",
        "autocomplete": "off",
        "button": "Confirm",
        "hint": f"Test PIN {PIN}",
        "number": "3",
    },
}


def render_step(payment: Payment, visit: Visit, *, action: str, prefill: str) -> str:
    """Return the page that asks for the visit's next step.

    `action` is where its form goes; `prefill` stands in the wallet's field.
    """
    agreement = payment.mode == AGREEMENT
    taka, poisha = divmod(payment.amount_poisha, 100)
    texts = {
        **_FIELDS[visit.step],
        "field": visit.step,
        "action": action,
        "subject": _AGREEMENT_SUBJECT if agreement else f"Invoice {payment.invoice}",
        "price": "Nothing now" if agreement else f"BDT {taka:,}.{poisha:02d}",
        "problem": visit.problem,
        "value": prefill if visit.step is Step.WALLET else "",
    }
    body = _STEP.substitute({name: escape(text) for name, text in texts.items()})
    return _LAYOUT.substitute(title=escape(texts["label"]), body=body)


def render_gone() -> str:
    """Return the page for an address that opens no payment."""
    return _LAYOUT.substitute(title="No such payment", body=_GONE)
