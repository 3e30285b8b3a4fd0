"""How many payments fit."""


def test_as_many_payments_as_fit(make):
    """A slow shop gets fewer payments, a fast one the usual twenty, nobody less than six."""
    plan = make.plan(payments=None)
    assert plan.routine_payments(done=0, spent_s=0.0) == 20
    assert plan.routine_payments(done=4, spent_s=10.0) == 20
    assert plan.routine_payments(done=4, spent_s=20.0) == 11
    assert plan.routine_payments(done=4, spent_s=400.0) == 6


def test_who_names_a_number_gets_it(make):
    """However long it takes."""
    assert make.plan(payments=40).routine_payments(done=4, spent_s=400.0) == 40
