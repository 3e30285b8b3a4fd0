"""What a shopper does at bKash: fill in each form of its page until it sends them back to the shop.

bKash's page asks for wallet, one-time code and PIN, one form after the other. The forms are read
as they stand, hidden fields included, and what a field wants is told by its name.
"""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from harness.load.page import Form, FormField, Page
from harness.load.pointer import query_of

__all__ = [
    "SANDBOX_OTP",
    "SANDBOX_PIN",
    "SANDBOX_WALLET",
    "fill_form",
    "find_approval_form",
    "is_callback",
]

SANDBOX_WALLET = "01770618575"
SANDBOX_OTP = "123456"
SANDBOX_PIN = "12121"
"""bKash's public sandbox customer."""

_TYPED = (
    (re.compile(r"otp|code|verif", re.IGNORECASE), SANDBOX_OTP),
    (re.compile(r"pin|password", re.IGNORECASE), SANDBOX_PIN),
    (re.compile(r"wallet|msisdn|mobile|phone|account|number", re.IGNORECASE), SANDBOX_WALLET),
)
_BACKING_OUT = re.compile(r"cancel|close|resend|fail|reject|decline", re.IGNORECASE)
_UNSENT_KINDS = frozenset({"submit", "button", "reset", "image", "file"})


def is_callback(url: str) -> bool:
    """Tell whether bKash's redirect to `url` brings the shopper back to the shop.

    bKash joins `paymentID` and `status` to the shop's own URL; nothing inside bKash has both.
    """
    query = query_of(url)
    # Most of a journey's URLs are another page's; to know that, no value has to be decoded.
    if "status" not in query.lower() and "%" not in query:
        return False
    names = {name.lower() for name in parse_qs(query, keep_blank_values=True)}
    return {"paymentid", "status"} <= names


def find_approval_form(page: Page) -> Form | None:
    """Return the form that goes on with the payment: the first with something to fill in."""
    # The path alone: a query may hold a hash, and a hash any word.
    forms = [form for form in page.forms if not _BACKING_OUT.search(urlsplit(form.action).path)]
    for form in forms:
        if any(_answer(form_field) is not None for form_field in form.fields):
            return form
    return forms[0] if forms else None


def fill_form(form: Form) -> str:
    """Return the form's data, URL-encoded, as a browser sends it when its button is pressed."""
    data: list[tuple[str, str]] = []
    pressed = False
    for form_field in form.fields:
        if form_field.kind in _UNSENT_KINDS:
            # A browser sends the one button that was pressed; the shopper presses the first that
            # does not back out.
            if pressed or form_field.kind != "submit" or _backs_out(form_field):
                continue
            pressed = True
        answer = _answer(form_field)
        data.append((form_field.name, form_field.value if answer is None else answer))
    return urlencode(data)


def _answer(form_field: FormField) -> str | None:
    if form_field.kind in _UNSENT_KINDS or form_field.kind == "hidden":
        return None
    for pattern, answer in _TYPED:
        if pattern.search(form_field.name):
            return answer
    return None


def _backs_out(button: FormField) -> bool:
    return bool(_BACKING_OUT.search(f"{button.name} {button.value}"))
