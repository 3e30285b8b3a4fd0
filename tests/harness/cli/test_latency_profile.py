"""Laws of finding a latency profile."""

import pytest

from harness.cli.latency_profile import find_profile
from harness.errors import ConfigurationError


def test_a_profile_is_found_by_its_name():
    """Those built in need no file."""
    assert find_profile("guide").name == "guide"


@pytest.mark.parametrize("name", ["slow", "missing.toml"])
def test_what_is_no_profile_is_refused_by_its_name(name: str):
    """A name and a file alike: it is the user's to mend."""
    with pytest.raises(ConfigurationError, match=name):
        find_profile(name)
