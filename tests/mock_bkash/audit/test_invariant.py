"""The eight invariants, each kept and each broken."""

from typing import Any

import msgspec
import pytest

from mock_bkash.audit import INVARIANTS, AuditRequest, Finding, Truth, audit, read_audit_request
from mock_bkash.audit.books import Books
from mock_bkash.ledger import Capture, Refund


def capture(payment_id: str = "TR1", **changes: Any) -> Capture:
    fields = {
        "payment_id": payment_id,
        "trx_id": f"X-{payment_id}",
        "amount_poisha": 1000,
        "currency": "BDT",
        "invoice": "i1",
        "captured_ms": 0,
        **changes,
    }
    return Capture(**fields)


def paid(payment_id: str | None = "TR1", **changes: Any) -> dict[str, Any]:
    return {
        "ref": "r1",
        "order": "o1",
        "payment_id": payment_id,
        "amount_poisha": 1000,
        "currency": "BDT",
        "invoice": "i1",
        "status": "paid",
        **changes,
    }


def look(
    letter: str,
    *,
    payments: list[dict[str, Any]] | None = None,
    captures: tuple[Capture, ...] = (),
    ages: dict[str, float] | None = None,
    refunds: tuple[Refund, ...] = (),
    **request: Any,
) -> Finding:
    body = {"app_key": "k", **request}
    if payments is not None:
        body["payments"] = payments
    view: AuditRequest = read_audit_request(msgspec.json.encode(body))
    truth = Truth(captures=captures, created_s_ago=ages or {}, refunds=refunds)
    return INVARIANTS[letter](Books(view, truth))


def messages(finding: Finding) -> list[str]:
    return [violation.message for violation in finding.violations]


@pytest.mark.parametrize("letter", INVARIANTS)
def test_what_cannot_be_looked_at_is_said_to_be_so(letter: str):
    """Not passed silently."""
    finding = look(letter)
    assert (finding.checked, finding.violations) == (0, ())
    assert finding.reason


@pytest.mark.parametrize("letter", INVARIANTS)
def test_good_books_break_nothing(letter: str):
    """One order, one payment, one capture."""
    payment = paid(history=["created", "paid"], fulfilments=1, refunded_poisha=1000)
    finding = look(
        letter,
        payments=[payment],
        captures=(capture(),),
        payer=[{"payment_id": "TR1", "shown": "paid"}],
    )
    assert (finding.violations, finding.reason) == ([], None)
    assert finding.checked >= 1


def test_a_an_order_is_captured_at_most_once():
    """Two payments of one order, both captured; or one payment, captured twice."""
    two = [paid("TR1"), paid("TR2", ref="r2", invoice="i2")]
    captures = (capture("TR1"), capture("TR2", invoice="i2"))
    assert messages(look("a", payments=two, captures=captures)) == [
        "order 'o1' was captured 2 times"
    ]
    assert messages(look("a", payments=[paid()], captures=(capture(), capture()))) == [
        "order 'o1' was captured 2 times"
    ]
    apart = [paid("TR1"), paid("TR2", order="o2")]
    assert look("a", payments=apart, captures=captures).violations == []
    assert look("a", payments=[paid("TR1"), paid("TR1")], captures=(capture(),)).violations == []


def test_b_money_captured_is_money_of_paid_orders():
    """To the poisha; a captured payment that the books call declined is named."""
    off_by_one = look("b", payments=[paid(amount_poisha=999)], captures=(capture(),))
    assert messages(off_by_one) == ["1000 poisha captured, 999 poisha in paid orders"]
    assert off_by_one.violations[0].payment_id is None
    lost = look("b", payments=[paid(status="declined")], captures=(capture(),))
    assert messages(lost) == [
        "captured, but the merchant says 'declined'",
        "1000 poisha captured, 0 poisha in paid orders",
    ]
    refunded = look("b", payments=[paid(status="refunded")], captures=(capture(),))
    assert refunded.violations == []


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        ([], ["the capture belongs to 0 of the merchant's payments, not to one"]),
        ([paid(), paid(ref="r2")], ["the capture belongs to 2 of the merchant's payments"]),
        ([paid(amount_poisha=999)], ["amount_poisha: 1000 captured, 999 in the merchant's books"]),
        ([paid(currency="USD")], ["currency: 'BDT' captured, 'USD' in"]),
        ([paid(invoice="i2")], ["invoice: 'i1' captured, 'i2' in"]),
    ],
)
def test_c_every_capture_is_exactly_one_payment(payments, expected: list[str]):
    """Of the same amount, currency and invoice."""
    found = messages(look("c", payments=payments, captures=(capture(),)))
    assert len(found) == len(expected)
    assert all(message.startswith(start) for message, start in zip(found, expected, strict=True))


def test_c_no_shopper_is_told_that_a_captured_payment_failed():
    """Known also where nobody can read the merchant's books; pending is no lie."""
    told = [{"payment_id": "TR1", "shown": "failed"}, {"payment_id": "TR2", "shown": "pending"}]
    found = look("c", captures=(capture("TR1"), capture("TR2")), payer=told)
    assert messages(found) == ["the shopper was told 'failed', but the money was taken"]


def test_d_no_order_is_paid_without_a_capture():
    """Neither in the books nor on the shopper's screen."""
    found = look(
        "d",
        payments=[paid("TR1"), paid(None, ref="r2"), paid("TR3", status="declined")],
        payer=[{"payment_id": "TR9", "shown": "paid"}, {"payment_id": "TR8", "shown": "failed"}],
    )
    assert [(v.payment_id, v.ref) for v in found.violations] == [
        ("TR1", "r1"),
        (None, "r2"),
        ("TR9", None),
    ]
    assert found.checked == 3


@pytest.mark.parametrize(
    ("status", "horizon_s", "ages", "found"),
    [
        ("pending", None, {}, ["still 'pending'"]),
        ("executing", None, {"TR1": 3.0}, ["still 'executing' after 3.0 s"]),
        ("created", None, {"TR1": 9e9}, []),
        ("created", 60, {"TR1": 60.0}, []),
        ("created", 60, {"TR1": 60.1}, ["still 'created' after 60.1 s"]),
        ("created", 60, {}, []),
        ("created", 0, {}, ["still 'created'"]),
        ("declined", 0, {"TR1": 9.0}, []),
    ],
)
def test_e_no_payment_is_left_open(status: str, horizon_s, ages, found: list[str]):
    """Past the horizon; without one a payment may wait for its shopper, and for nothing else."""
    request = {} if horizon_s is None else {"horizon_s": horizon_s}
    assert messages(look("e", payments=[paid(status=status)], ages=ages, **request)) == found


def test_f_nothing_is_delivered_twice_or_unpaid():
    """An outbox that fires again is caught, and one that fires too early."""
    found = look(
        "f",
        payments=[
            paid(fulfilments=2),
            paid(fulfilments=1, status="pending"),
            paid(fulfilments=0, status="pending"),
            paid(),
        ],
    )
    assert messages(found) == ["delivered 2 times", "delivered though 'pending'"]
    assert found.checked == 3


@pytest.mark.parametrize(
    ("history", "machine", "found"),
    [
        ([], None, ["the history is empty"]),
        (["created", "declined", "paid"], None, ["'paid' must not follow 'declined'"]),
        (["created", "executing", "created", "paid"], None, []),
        (["paid", "refunded", "paid"], None, ["'paid' must not follow 'refunded'"]),
        (
            ["created", "executing"],
            None,
            ["the history ends in 'executing', but it stands at 'paid'"],
        ),
        (["created", "paid"], {"created": ["paid"]}, []),
        (["created", "paid"], {"created": ["executing"]}, ["'paid' must not follow 'created'"]),
        (["created", "paid"], {}, ["'paid' must not follow 'created'"]),
    ],
)
def test_g_a_history_is_a_path_of_the_machine(history, machine, found: list[str]):
    """Of the merchant's own, if it is given; else no final state is left but for a refund."""
    request = {} if machine is None else {"machine": machine}
    assert messages(look("g", payments=[paid(history=history)], **request)) == found


@pytest.mark.parametrize(
    ("refunded", "captures", "broken"),
    [(0, 0, False), (1000, 1, False), (1001, 1, True), (1, 0, True), (-1, 1, True)],
)
def test_h_refunds_are_at_most_what_was_captured(refunded: int, captures: int, broken: bool):
    """Of the same payment, and never negative."""
    found = look("h", payments=[paid(refunded_poisha=refunded)], captures=(capture(),) * captures)
    assert bool(found.violations) is broken


def refund(amount_poisha: int, payment_id: str = "TR1") -> Refund:
    return Refund(
        payment_id=payment_id,
        refund_trx_id="R1",
        amount_text=str(amount_poisha / 100),
        amount_poisha=amount_poisha,
        sku="s",
        reason="r",
        refunded_ms=0,
    )


@pytest.mark.parametrize(
    ("given", "stated", "found"),
    [
        ((600, 400), 1000, []),
        ((600, 401), ..., ["1001 poisha refunded of 1000 captured"]),
        ((600,), 0, ["the gateway gave 600 poisha back, the books say 0"]),
        ((600,), 700, []),
        ((600,), ..., []),
    ],
)
def test_h_holds_for_the_refunds_of_the_gateway_too(given, stated, found: list[str]):
    """Money that went back is in the books; what the books add may have gone another way."""
    payment = paid() if stated is ... else paid(refunded_poisha=stated)
    refunds = tuple(refund(amount) for amount in given)
    looked = look("h", payments=[payment], captures=(capture(),), refunds=refunds)
    assert messages(looked) == found
    assert looked.checked == 1


def test_the_order_of_findings_is_the_order_of_the_letters():
    """A verdict reads from a to h."""
    verdict = audit(
        read_audit_request(msgspec.json.encode({"app_key": "k", "payments": [paid(None)]})),
        Truth(captures=[capture()]),
    )
    letters = [violation.invariant for violation in verdict.violations]
    assert letters == sorted(letters) == ["c", "d"]
