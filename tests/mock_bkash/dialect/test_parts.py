"""The parts of a dialect."""

from mock_bkash import MockConfig
from mock_bkash.choice import Quirk
from mock_bkash.dialect import Parts
from mock_bkash.identifier import Identifiers
from mock_bkash.operation import QueryPayment, Wire
from mock_bkash.tenant import Tenants


def test_parts_know_the_quirks_and_put_operations_behind_the_guard():
    """An operation keeps its name there."""
    config = MockConfig(quirks=frozenset({Quirk.NO_SEARCH}))
    parts = Parts(config, Tenants(config), Identifiers(b"0" * 16))
    assert parts.has(Quirk.NO_SEARCH)
    assert not parts.has(Quirk.PAYER_FIELDS)
    wire = Wire(lambda body: body, lambda sight: b"", lambda code: b"")
    assert parts.guarded(QueryPayment(), wire).name == "query_payment"
