"""What the shop believes of a browser."""

from harness.probe.evidence import Evidence
from harness.probe.mistake import Mistake
from harness.probe.operation import EXECUTE
from harness.probe.verdict import Verdict, clear, found, quantity, unseen

__all__ = ["judge_amount", "judge_callback"]


def judge_callback(evidence: Evidence) -> Verdict:
    """Look for a shop that believes a forged callback."""
    mistake, forgery = Mistake.CALLBACK_BELIEVED, evidence.forgery
    if forgery is None:
        return unseen(mistake, evidence.unseen.get(mistake, "The probe did not come so far."))
    number = forgery.payment.number
    if not forgery.called_paid:
        callback = forgery.payment.request("callback")
        said = "" if callback is None else f": {callback.error}"
        return clear(
            mistake, f"Payment {number}, closed at bKash and claimed to be paid, was not{said}."
        )
    asked = [call.operation for call in forgery.asked]
    how = (
        "without asking bKash at all"
        if not asked
        else f"although bKash had refused its {'execute' if EXECUTE in asked else 'call'}"
    )
    return found(
        mistake,
        f"Payment {number} was closed at bKash. Its callback came with status=success all the same,"
        f" and the shop called it paid, {how} ({quantity(len(asked), 'call')} about it).",
        cost="The goods: whoever edits an address gets them for nothing.",
        payments=[forgery.payment],
    )


def judge_amount(evidence: Evidence) -> Verdict:
    """Look for a shop that lets the browser name the amount."""
    mistake, alteration = Mistake.CLIENT_AMOUNT, evidence.alteration
    if alteration is None:
        return unseen(mistake, evidence.unseen.get(mistake, "The probe did not come so far."))
    number, created = alteration.payment.number, alteration.created_poisha
    asked = f"Payment {number} asked to pay {_taka(alteration.asked_poisha)}"
    if created is None:
        return clear(mistake, f"{asked}; the shop created no payment.")
    if created != alteration.asked_poisha:
        return clear(mistake, f"{asked}; the shop asked bKash for {_taka(created)}.")
    return found(
        mistake,
        f"{asked}, and the shop asked bKash for {_taka(created)}.",
        cost="The price, less one taka, of whatever is sold.",
        payments=[alteration.payment],
    )


def _taka(amount_poisha: int) -> str:
    return f"{amount_poisha / 100:,.2f} taka"
