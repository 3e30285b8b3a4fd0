"""Cross-checks whose real runs are simulated: nothing is started, and nothing is added."""

from dataclasses import replace

import pytest

from harness.cli.compare.virtual_comparison import VirtualExperiment, carry_out
from harness.cli.crosscheck import legs
from harness.cli.crosscheck.settings import make_crosscheck_settings
from harness.merchant import find_variant
from harness.simulation import Arrivals, VirtualScenario
from mock_bkash.latency import load_profile


@pytest.fixture
def settings(tmp_path):
    """Two variants, quick."""
    return make_crosscheck_settings(
        {
            "variants": ("cached", "overlapped"),
            "profile": "constant",
            "rate": 4.0,
            "duration": 12.0,
            "token_lifetime": 20.0,
            "seed": 3,
            "out": tmp_path / "both",
        }
    )


@pytest.fixture
def simulated(settings, monkeypatch):
    """Let real runs be virtual ones that call themselves real."""
    profiles = {"real": settings.profile, "fast": "fast", "waking": settings.out / "waking.toml"}

    def run(experiment, observer):
        name = experiment.folder.name
        asked = experiment.manifest.configuration
        scenario = VirtualScenario(
            profile=load_profile(str(profiles[name])),
            seed=asked.seed,
            arrivals=Arrivals(rate_per_s=asked.rate_per_s),
            duration_s=asked.duration_s,
            warmup_s=asked.warmup_s,
            token_lifetime_s=asked.token_lifetime_s,
            land_think_s=asked.land_think_s,
            approve_think_s=asked.approve_think_s,
        )
        manifest = replace(
            experiment.manifest,
            variants=tuple(
                replace(v, target=f"x://{v.name}") for v in experiment.manifest.variants
            ),
        )
        variants = tuple(find_variant(v, variants_file=None) for v in settings.variants)
        simulated = VirtualExperiment(experiment.folder, manifest, scenario, variants, jobs=1)
        return carry_out(simulated, observer)

    monkeypatch.setattr(legs, "_run_real", run)
    return settings
