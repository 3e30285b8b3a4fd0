"""Laws of preparing an experiment."""

from dataclasses import replace

import pytest

from harness.cli.compare.preparation import prepare
from harness.cli.compare.virtual_comparison import prepare_virtual
from harness.cli.compare.virtual_options import VirtualWish
from harness.errors import ConfigurationError
from mock_bkash.latency import load_profile, profile_toml


def test_experiment_is_what_was_asked_for(settings):
    """Manifest, plan and commands agree with the settings; nothing was written yet."""
    experiment = prepare(settings)
    configuration = experiment.manifest.configuration
    assert experiment.folder == settings.out
    assert not settings.out.exists()
    assert configuration.profile == "constant"
    assert configuration.profile_data["name"] == "constant"
    assert configuration.baseline == "sequential"
    assert (configuration.rate_per_s, configuration.duration_s) == (4.0, 60.0)
    assert experiment.plan.rate_per_s == configuration.rate_per_s
    assert experiment.plan.warmup_s == configuration.warmup_s
    assert experiment.plan.land_think_s == configuration.land_think_s
    assert [record.name for record in experiment.manifest.variants] == ["sequential", "cached"]
    assert experiment.manifest.versions["bkash-bench"]


def test_defaults_meet_three_token_expiries(settings):
    """In the time that is measured a token expires at least three times."""
    configuration = prepare(settings).manifest.configuration
    assert configuration.duration_s / configuration.token_lifetime_s >= 3


def test_mock_takes_a_free_port_unless_somebody_relies_on_it(settings):
    """Without targets any port does; backends of the user's own expect it at a fixed one."""
    assert port_of(prepare(settings)) == "0"
    assert port_of(prepare(replace(settings, mock_port=18_799))) == "18799"


def port_of(experiment) -> str:
    argv = experiment.mock.argv
    return argv[argv.index("--port") + 1]


def test_profile_file_is_found_from_everywhere(settings, tmp_path, monkeypatch):
    """A relative path is made absolute before processes are told of it."""
    mine = replace(load_profile("constant"), name="mine")
    (tmp_path / "mine.toml").write_text(profile_toml(mine))
    monkeypatch.chdir(tmp_path)
    experiment = prepare(replace(settings, profile="mine.toml"))
    assert experiment.manifest.configuration.profile == "mine"
    assert str(tmp_path / "mine.toml") in experiment.mock.argv


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"profile": "slow"}, "slow"),
        ({"baseline": "stored"}, "'stored' takes no part; choose one of sequential, cached"),
        ({"rate_per_s": 0.01, "duration_s": 1.0}, "raise --rate or --duration"),
        ({"rate_per_s": 1000.0, "duration_s": 600.0}, "lower --rate or --duration"),
        ({"variants": (), "targets": ("shop=http://127.0.0.1:1",), "mock_port": 0}, "not answer"),
    ],
)
def test_what_cannot_be_run_is_refused_before_it_is(settings, changes, message):
    """Every mistake is found while nothing has been started or written."""
    with pytest.raises(ConfigurationError, match=message):
        prepare(replace(settings, **changes))
    assert not settings.out.exists()


@pytest.mark.parametrize("clock", ["real", "virtual"])
def test_profile_with_gaps_is_refused_on_both_clocks(settings, tmp_path, clock):
    """An operation that is left out would take no time, and the figures would look exact."""
    file = tmp_path / "gaps.toml"
    file.write_text('[operations.create_payment]\nkind = "constant"\nvalue_s = 1.0\n')
    wish = None if clock == "real" else VirtualWish(payments=10)
    with pytest.raises(ConfigurationError, match=r"'validate_user' \(and .* sequential needs"):
        (prepare if wish is None else prepare_virtual)(
            replace(settings, profile=str(file), virtual=wish)
        )
    assert not settings.out.exists()


def test_profile_fast_is_taken_on_both_clocks(settings):
    """It says that nothing takes time, and means it."""
    fast = replace(settings, profile="fast")
    assert prepare(fast).manifest.configuration.profile == "fast"
    virtual = prepare_virtual(replace(fast, virtual=VirtualWish(payments=10)))
    assert virtual.manifest.configuration.profile == "fast"
