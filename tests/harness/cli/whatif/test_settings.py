"""Laws of asking what if."""

import pytest

from harness.cli.rate import TypedRange
from harness.cli.whatif.settings import make_whatif
from harness.errors import ConfigurationError
from harness.merchant import BUILTIN
from harness.rundata.whatif import KnobKind


def options(**changes):
    return {
        "stages": (),
        "settings": (),
        "range": None,
        "points": None,
        "variants": None,
        "variants_file": None,
        "profile": "guide",
        "payments": None,
        "rate": 1 / 60,
        "token_lifetime": 3_600.0,
        "seed": 1,
        **changes,
    }


def test_untouched_every_stage_and_assumption_is_asked_about():
    """With fewer payments at each of the many points."""
    settings = make_whatif(options())
    assert settings.all_stages
    assert tuple(v.name for v in settings.variants) == tuple(BUILTIN)
    kinds = [knob.kind for knob in settings.knobs]
    assert kinds.count(KnobKind.STAGE) == 13
    assert kinds.count(KnobKind.ASSUMPTION) == 4
    assert (settings.points, settings.scenario.payments) == (4, 200)


def test_what_is_asked_for_is_looked_at_closely():
    """A curve of seven points and a thousand payments."""
    settings = make_whatif(options(stages=("create_payment",), settings=("timeout",)))
    assert not settings.all_stages
    assert [knob.name for knob in settings.knobs] == ["create_payment", "timeout"]
    assert (settings.points, settings.scenario.payments) == (7, 1_000)


def test_the_traffic_is_what_was_asked_for():
    """And so are seed, points and payments."""
    settings = make_whatif(options(rate=0.5, seed=7, points=3, payments=50))
    assert settings.scenario.arrivals.rate_per_s == 0.5
    assert settings.scenario.seed == 7
    assert (settings.points, settings.scenario.payments) == (3, 50)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"variants": ("nosuch",)}, "unknown variant"),
        ({"stages": ("nosuch",)}, "unknown stage"),
        ({"settings": ("nosuch",)}, "unknown setting"),
        ({"profile": "nosuch"}, "unknown profile"),
        ({"profile": "fast"}, "has no operation"),
        ({"stages": ("create_payment", "create_payment")}, "asked about twice"),
        (
            {
                "stages": ("create_payment",),
                "settings": ("timeout",),
                "range": TypedRange("1", "2"),
            },
            "one of them",
        ),
        ({"settings": ("timeout",), "variants": ("stored", "cached")}, "changes nothing"),
        ({"rate": 1 / 86_400, "payments": 20_000}, "20,000 days"),
        (
            {"settings": ("rate",), "payments": 20_000, "range": TypedRange("1/h", "9/h")},
            "the virtual clock ends",
        ),
        ({"stages": ("create_payment",), "range": TypedRange("0", "2")}, "cannot be used"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(changes, words):
    """Before anything is simulated, in a sentence that names it."""
    with pytest.raises(ConfigurationError, match=words):
        make_whatif(options(**changes))


def test_a_profile_without_a_needed_operation_is_refused_by_name(tmp_path):
    """It would take no time."""
    file = tmp_path / "p.toml"
    file.write_text('[operations.create_payment]\nkind = "constant"\nvalue_s = 1\n')
    with pytest.raises(ConfigurationError, match="validate_user"):
        make_whatif(options(profile=str(file), stages=("create_payment",)))
