"""Laws of costs."""

import msgspec
import pytest

from harness.rundata import Costs


def test_unknown_counts_are_null_and_never_zero():
    """A backend whose queries nobody counted is not one that made none."""
    costs = Costs({"create_payment": 2}, 2, None, None, None, None, None, None, 60.0)
    assert msgspec.to_builtins(costs)["queries"] is None
    assert msgspec.json.decode(msgspec.json.encode(costs), type=Costs) == costs


def test_counts_of_a_wrong_type_are_refused():
    """A truncated or hand-edited file is an error, not a number."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"gateway_calls": {"create_payment": "many"}}, Costs)
