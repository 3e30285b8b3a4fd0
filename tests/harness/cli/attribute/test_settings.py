"""Laws of what an attribution may be asked for."""

import pytest

from harness.cli.attribute.settings import (
    GUIDE_SIX,
    MAX_OPTIMIZATIONS,
    make_attribute_settings,
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
    "jobs": None,
    "out": None,
}


def test_the_guides_six_are_its_numbers_in_order():
    """One to six, as their origins say; `token_store` is none of them."""
    assert [flag.origin for flag in GUIDE_SIX] == [f"guide {n}" for n in range(1, 7)]
    assert Optimization.TOKEN_STORE not in GUIDE_SIX


def test_as_many_as_allowed_are_taken_and_one_more_is_not():
    """The limit is a number, and the message says it."""
    flags = tuple(flag.value for flag in Optimization)
    taken = make_attribute_settings({**OPTIONS, "optimizations": flags[:MAX_OPTIMIZATIONS]})
    assert len(taken.optimizations) == MAX_OPTIMIZATIONS
    with pytest.raises(ConfigurationError, match=r"at most 8 \(256 sets\)"):
        make_attribute_settings({**OPTIONS, "optimizations": flags[: MAX_OPTIMIZATIONS + 1]})


def test_what_is_always_on_has_no_share():
    """The base and what is shared out do not overlap."""
    options = {**OPTIONS, "optimizations": ("prefetch",), "base": ("token_cache", "prefetch")}
    with pytest.raises(ConfigurationError, match="always on"):
        make_attribute_settings(options)


def test_the_order_typed_is_the_order_shown():
    """Optimizations and traffic stay as they were named."""
    settings = make_attribute_settings(
        {**OPTIONS, "optimizations": ("timeouts", "prefetch"), "traffic": ("flaky", "quiet")}
    )
    assert settings.optimizations == (Optimization.TIMEOUTS, Optimization.PREFETCH)
    assert [kind.name for kind in settings.traffic] == ["flaky", "quiet"]
