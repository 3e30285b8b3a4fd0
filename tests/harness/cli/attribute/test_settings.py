"""Laws of what an attribution may be asked for."""

import pytest

from harness.cli.attribute.settings import (
    GUIDE_SIX,
    MAX_OPTIMIZATIONS,
    make_attribution,
)
from harness.errors import ConfigurationError
from harness.merchant import Optimization

OPTIONS = {
    "optimizations": None,
    "base": None,
    "traffic": None,
    "profile": "guide",
    "payments": 100,
    "seed": 1,
}


def test_the_guides_six_are_its_numbers_in_order():
    """One to six, as their origins say; `token_store` is none of them."""
    assert [flag.origin for flag in GUIDE_SIX] == [f"guide {n}" for n in range(1, 7)]
    assert Optimization.TOKEN_STORE not in GUIDE_SIX


def test_as_many_as_allowed_are_taken_and_one_more_is_not():
    """The limit is a number, and the message says it."""
    flags = tuple(flag.value for flag in Optimization)
    taken = make_attribution({**OPTIONS, "optimizations": flags[:MAX_OPTIMIZATIONS]})
    assert len(taken.optimizations) == MAX_OPTIMIZATIONS
    with pytest.raises(ConfigurationError, match=r"at most 8 \(256 sets\)"):
        make_attribution({**OPTIONS, "optimizations": flags[: MAX_OPTIMIZATIONS + 1]})


def test_what_is_always_on_has_no_share():
    """The base and what is shared out do not overlap."""
    options = {**OPTIONS, "optimizations": ("prefetch",), "base": ("token_cache", "prefetch")}
    with pytest.raises(ConfigurationError, match="always on"):
        make_attribution(options)


def test_the_order_typed_is_the_order_shown():
    """Optimizations and traffic stay as they were named."""
    settings = make_attribution(
        {**OPTIONS, "optimizations": ("timeouts", "prefetch"), "traffic": ("flaky", "quiet")}
    )
    assert settings.optimizations == (Optimization.TIMEOUTS, Optimization.PREFETCH)
    assert [kind.name for kind, _ in settings.traffic] == ["flaky", "quiet"]


def test_each_kind_of_traffic_has_its_world():
    """`flaky` brings a profile, the others take the one that was named."""
    study = make_attribution({**OPTIONS, "profile": "constant"})
    profiles = {kind.name: scenario.profile.name for kind, scenario in study.traffic}
    assert profiles == {
        "quiet": "constant",
        "normal": "constant",
        "burst": "constant",
        "flaky": "flaky",
    }


def test_a_profile_that_cannot_answer_is_refused(tmp_path):
    """Unknown, or without an operation that a payment needs: that would take no time at all."""
    with pytest.raises(ConfigurationError, match="nosuch"):
        make_attribution({**OPTIONS, "profile": "nosuch"})
    file = tmp_path / "p.toml"
    file.write_text('[operations.create_payment]\nkind = "constant"\nvalue_s = 1\n')
    with pytest.raises(ConfigurationError, match="has no operation 'validate_user'"):
        make_attribution({**OPTIONS, "profile": str(file)})
