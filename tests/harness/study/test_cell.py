"""Laws of one cell."""

from harness.merchant import BUILTIN
from harness.simulation import Arrivals, PaymentTally, VirtualScenario
from harness.study.cell import observe
from mock_bkash.latency import load_profile

SCENARIO = VirtualScenario(
    profile=load_profile("constant"), arrivals=Arrivals(rate_per_s=1.0), payments=70
)


def test_a_cell_is_simulated_for_its_reader_and_told():
    """Every sample is read, and the share done rises."""
    tally, shares = PaymentTally(), []
    outcome = observe(SCENARIO, BUILTIN["stored"], tally, shares.append)
    assert outcome.ok
    assert tally.freeze().arrivals.size == 70
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
