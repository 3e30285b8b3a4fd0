"""Histories and standings, against the machine and against the gateway."""

from typing import Any

import msgspec
import pytest

from mock_bkash.audit import Finding, Truth, read_audit_request
from mock_bkash.audit.books import Books
from mock_bkash.audit.history import check_histories


def look(truth: Truth, **request: Any) -> Finding:
    view = read_audit_request(msgspec.json.encode({"app_key": "k", **request}))
    return check_histories(Books(view, truth))


def messages(finding: Finding) -> list[str]:
    return [violation.message for violation in finding.violations]


def payment(status: str) -> dict[str, Any]:
    return {
        "ref": "r1",
        "order": "o1",
        "payment_id": "TR1",
        "amount_poisha": 1,
        "invoice": "i",
        "status": status,
    }


@pytest.mark.parametrize(
    ("status", "truth", "found"),
    [
        ("authorized", "authorized", []),
        ("authorized", "completed", ["the books say 'authorized', the gateway 'completed'"]),
        ("voided", "authorized", ["the books say 'voided', the gateway 'authorized'"]),
        ("voided", "voided", []),
        ("authorized", None, []),
    ],
)
def test_money_on_hold_is_on_hold_at_the_gateway(status: str, truth, found: list[str]):
    """An authorization leaves no capture that would betray it."""
    states = {} if truth is None else {"TR1": truth}
    looked = look(Truth(payment_states=states), payments=[payment(status)])
    assert messages(looked) == found
    assert looked.checked == 1


@pytest.mark.parametrize(
    ("status", "truth", "found"),
    [
        ("active", "active", []),
        ("created", None, []),
        ("cancelled", "cancelled", []),
        ("active", "cancelled", ["the books say 'active', the gateway 'cancelled'"]),
        ("cancelled", "active", ["the books say 'cancelled', the gateway 'active'"]),
        ("active", None, ["the books say 'active', the gateway knows no such agreement"]),
    ],
)
def test_agreements_stand_where_the_gateway_has_them(status: str, truth, found: list[str]):
    """A shop that believes in a cancelled agreement will ask for money in vain."""
    states = {} if truth is None else {"A1": truth}
    agreement = {"agreement_id": "A1", "ref": "a", "status": status}
    assert messages(look(Truth(agreement_states=states), agreements=[agreement])) == found


@pytest.mark.parametrize(
    ("history", "found"),
    [
        (["created", "active", "cancelled"], []),
        (["created", "declined", "cancelled"], ["'cancelled' must not follow 'declined'"]),
        (["active", "created", "cancelled"], ["'created' must not follow 'active'"]),
        ([], ["the history is empty"]),
        (["created"], ["the history ends in 'created', but it stands at 'cancelled'"]),
    ],
)
def test_an_agreement_becomes_active_once_and_ends_once(history: list[str], found: list[str]):
    """Nothing leads back."""
    agreement = {"agreement_id": "A1", "ref": "a", "status": "cancelled", "history": history}
    truth = Truth(agreement_states={"A1": "cancelled"})
    assert messages(look(truth, agreements=[agreement])) == found
