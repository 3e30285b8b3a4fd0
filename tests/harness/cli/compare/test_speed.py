"""Laws of the sentence on how fast a simulation was."""

import pytest

from harness.cli.compare.speed import tell_speed
from harness.rundata import Conduct, RunFolder, Simulated


@pytest.fixture
def run(make_run) -> RunFolder:
    """A finished run."""
    return RunFolder(make_run("finished"))


def test_the_baseline_s_speed_is_told_against_real_time(run: RunFolder):
    """In hours, and how many times as fast."""
    baseline = run.manifest.configuration.baseline
    run.write_conduct(Conduct(simulated={baseline: Simulated(virtual_s=86_400.0, wall_s=72.0)}))
    expected = f"Simulated 24 h of {baseline} in 72 s: 1,200 times as fast as real time."
    assert tell_speed(run) == expected


def test_the_others_are_told_as_a_range(run: RunFolder):
    """From the slowest to the fastest; a single one is no range."""
    simulated = {
        run.manifest.configuration.baseline: Simulated(90.0, 2.0),
        "a": Simulated(90.0, 1.0),
        "b": Simulated(90.0, 0.5),
    }
    run.write_conduct(Conduct(simulated=simulated))
    assert tell_speed(run).endswith("45 times as fast as real time; the others 90 to 180 times.")
    del simulated["b"]
    run.write_conduct(Conduct(simulated=simulated))
    assert tell_speed(run).startswith("Simulated 1.5 min")
    assert tell_speed(run).endswith("; the others 90 times.")


def test_a_run_that_did_not_record_it_says_so(run: RunFolder):
    """A folder of an older version has no such record."""
    run.write_conduct(Conduct())
    assert tell_speed(run) == "How long the simulation took was not recorded."
