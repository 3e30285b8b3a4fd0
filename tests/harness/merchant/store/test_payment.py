"""Laws of a payment's states."""

from harness.merchant.store import PaymentState


def test_final_states_are_those_from_which_nothing_follows():
    """Everything else is under way."""
    final = {state.value for state in PaymentState if state.is_final}
    assert final == {"paid", "declined", "cancelled", "abandoned", "review"}
