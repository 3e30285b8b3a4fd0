"""Laws of the four runs."""

import pytest

from harness.cli.crosscheck.legs import run_legs
from harness.errors import ConfigurationError
from mock_bkash.latency import load_profile


class Watcher:
    def __init__(self):
        self.steps = []

    def step(self, step):
        self.steps.append(step)


def test_all_four_have_the_same_arrivals_and_variants(simulated):
    """Only the clock and the profile differ."""
    watcher = Watcher()
    legs = run_legs(simulated, watcher)
    runs = (legs.real, *legs.predictions, legs.virtual)
    asked = [run.manifest.configuration for run in runs]
    for name in ("seed", "rate_per_s", "duration_s", "warmup_s", "token_lifetime_s"):
        assert len({getattr(one, name) for one in asked}) == 1
    assert [one.profile for one in asked] == ["constant", "fast", "waking", "constant"]
    assert [run.manifest.clock for run in runs] == ["real", "real", "real", "virtual"]
    assert [run.path.name for run in runs] == ["real", "fast", "waking", "virtual"]


def test_the_bar_never_runs_backwards(simulated):
    """Four runs are one piece of work to who watches."""
    watcher = Watcher()
    run_legs(simulated, watcher)
    done = [step.done for step in watcher.steps]
    assert done == sorted(done)
    assert 0 <= done[0] < 0.4
    assert 0.9 < done[-1] <= 1


def test_every_wait_of_the_waking_run_is_short_and_equal(simulated):
    """It is where the profile waits, and nowhere else."""
    run_legs(simulated, Watcher())
    waking = load_profile(str(simulated.out / "waking.toml"))
    constant = load_profile("constant")
    assert set(waking.operations) == set(constant.operations)
    assert {waking.median_s(name) for name in waking.operations} == {0.02}


@pytest.mark.parametrize(
    ("change", "words"),
    [({"profile": "nosuch"}, "nosuch"), ({"variants": ("nosuch",)}, "nosuch")],
    ids=["profile", "variant"],
)
def test_what_cannot_be_used_is_found_before_anything_is_written(settings, change, words):
    """No folder, no process."""
    from dataclasses import replace

    with pytest.raises(ConfigurationError, match=words):
        run_legs(replace(settings, **change), Watcher())
    assert not settings.out.exists()


def test_a_place_that_cannot_be_written_is_named(settings, monkeypatch):
    """In one sentence, with what to do."""
    from pathlib import Path

    def refuse(self, *args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(ConfigurationError, match="No space left on device; name another"):
        run_legs(settings, Watcher())
