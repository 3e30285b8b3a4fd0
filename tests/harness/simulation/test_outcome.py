"""Laws of an outcome."""

import pickle

import numpy as np

from harness.rundata import Costs
from harness.simulation import PaymentTally, SimulationOutcome

OUTCOME = SimulationOutcome(
    variant="cached",
    payments=100,
    failed=1,
    samples=1_600,
    digest="00" * 32,
    costs=Costs({}, 100, 1, 2, 3, 4, None, None, 300.0),
    verdict={"ok": True, "payments": 100, "violations": []},
    horizon_s=300.0,
    virtual_s=320.0,
    wall_s=0.2,
    token_calls_s={"token_grant": (1.0,), "token_refresh": ()},
)


def test_speed_is_payments_and_virtual_seconds_per_second():
    """Both are what a reader wants to know of a simulation."""
    assert OUTCOME.payments_per_s == 500.0
    assert OUTCOME.speed_up == 1_600.0
    assert OUTCOME.ok


def test_an_audit_that_cannot_be_read_did_not_pass():
    """Nothing is taken for granted about money."""
    assert not SimulationOutcome(
        **{name: getattr(OUTCOME, name) for name in OUTCOME.__slots__} | {"verdict": {}}
    ).ok


def test_an_outcome_travels_between_processes():
    """Tally and all, as pickle."""
    full = OUTCOME.with_tally(PaymentTally().freeze())
    again = pickle.loads(pickle.dumps(full))
    assert again.tally is not None
    assert np.array_equal(again.tally.arrivals, np.array([], dtype=np.int64))
    assert again.digest == OUTCOME.digest
