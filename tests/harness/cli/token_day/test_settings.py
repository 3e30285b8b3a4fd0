"""Laws of asking for a token day."""

import pytest

from harness.cli.token_day.settings import make_token_day
from harness.errors import ConfigurationError
from harness.merchant import BUILTIN, Optimization


def options(**changes):
    return {
        "variants": None,
        "variants_file": None,
        "crons": (),
        "rates": (),
        "instances": 1,
        "instance_lifetime": None,
        "profile": "guide",
        "token_lifetime": 3_600.0,
        "duration": 86_400.0,
        "seed": 1,
        **changes,
    }


def test_untouched_it_is_the_guides_question():
    """Every variant and one without a store; the guide's line among the schedules."""
    settings = make_token_day(options())
    assert [v.name for v in settings.variants] == [*BUILTIN, "unstored"]
    assert not settings.variants[-1].has(Optimization.TOKEN_STORE)
    names = [schedule.name for schedule in settings.schedules]
    assert names[0] == "*/45 * * * *"
    assert names[-2:] == ["refresher", "none"]
    assert len(settings.fleets) == 1
    assert settings.rates_per_s == tuple(sorted(settings.rates_per_s))


def test_a_fleet_stands_beside_one_process():
    """What changes is seen against it."""
    settings = make_token_day(options(instances=4, instance_lifetime=900.0))
    single, fleet = settings.fleets
    assert (single.instances, single.lifetime_s) == (1, None)
    assert (fleet.instances, fleet.lifetime_s) == (4, 900.0)


def test_variants_of_ones_own_and_the_unstored_one_are_found(tmp_path):
    """By name, from a file or built in."""
    file = tmp_path / "v.toml"
    file.write_text('[variants]\nmine = ["token_cache"]\n')
    asked = options(variants=("mine", "unstored", "stored"), variants_file=file)
    assert [v.name for v in make_token_day(asked).variants] == [
        "mine",
        "unstored",
        "stored",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"variants": ("nosuch",)}, "unknown variant 'nosuch'"),
        ({"crons": ("*/45",)}, "1 fields"),
        ({"crons": ("61 * * * *",)}, "minute"),
        ({"crons": ("*/45 * * * *", "*/45 * * * * curl x")}, "given twice"),
        ({"crons": ("0 0 1 7 *",)}, "does not fire on the simulated day"),
        ({"rates": (1.0,)}, "86,400 shoppers a day"),
        ({"rates": (1 / 86_400,), "duration": 3_600.0}, "nobody comes"),
        ({"instance_lifetime": 90_000.0}, "as long as the day"),
        ({"instance_lifetime": 1.0}, "86,400 processes a day"),
        ({"profile": "nosuch"}, "unknown profile"),
        ({"profile": "fast"}, "has no operation"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(changes, words):
    """Before anything is simulated, in a sentence that names it."""
    with pytest.raises(ConfigurationError, match=words):
        make_token_day(options(**changes))


def test_a_profile_without_a_needed_operation_is_refused_by_name(tmp_path):
    """It would take no time, and the day would look better than it is."""
    file = tmp_path / "p.toml"
    file.write_text('[operations.create_payment]\nkind = "constant"\nvalue_s = 1\n')
    with pytest.raises(ConfigurationError, match="validate_user"):
        make_token_day(options(profile=str(file)))
