"""Laws of how much there is to simulate."""

from harness.study.workload import Workload


def test_a_workload_counts_simulations_and_payments():
    """With as many payments each as it has."""
    assert Workload.of([20, 30]) == Workload(2, 50)
    assert Workload.of([]) == Workload(0, 0)


def test_workloads_add_up_and_so_does_their_time():
    """Two after the other take as long as both."""
    one, other = Workload(2, 400), Workload(1, 1_000)
    assert one + other == Workload(3, 1_400)
    assert (one + other).cpu_s == one.cpu_s + other.cpu_s


def test_a_simulation_takes_time_even_without_payments():
    """A world has to be made."""
    assert Workload(1, 0).cpu_s > 0
