"""Laws of how much there is to simulate."""

from harness.study.workload import Workload


def test_a_workload_counts_simulations_and_payments():
    """All that it is made of."""
    assert Workload.of([Workload(1, 20), Workload(1, 30, 4)]) == Workload(2, 50, 4)
    assert Workload.of([]) == Workload(0, 0)


def test_workloads_add_up_and_so_does_their_time():
    """Two after the other take as long as both."""
    one, other = Workload(2, 400), Workload(1, 1_000)
    assert one + other == Workload(3, 1_400)
    assert (one + other).cpu_s == one.cpu_s + other.cpu_s


def test_a_simulation_takes_time_even_without_payments():
    """A world has to be made."""
    assert Workload(1, 0).cpu_s > 0


def test_processes_that_come_and_go_take_time():
    """Twenty that live for a quarter of an hour are two thousand a day."""
    assert Workload(1, 48, 2_000).cpu_s > 5 * Workload(1, 48).cpu_s
