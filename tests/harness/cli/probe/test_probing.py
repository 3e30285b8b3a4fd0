"""From options to a probe's status."""

from types import SimpleNamespace

import pytest

from harness.cli.exit_status import ExitStatus
from harness.cli.probe.probing import judge, make_settings
from harness.errors import ConfigurationError

OPTIONS = {
    "target": "merchant",
    "url": None,
    "mock_port": 8700,
    "profile": "guide",
    "payments": None,
    "patience": 20.0,
    "token_lifetime": 12.0,
    "seed": None,
    "allow_remote": (),
    "fail_on": (),
    "out": None,
}


def record(*mistakes: str, probed: bool = True):
    return SimpleNamespace(
        probed=probed, findings=[SimpleNamespace(mistake=mistake) for mistake in mistakes]
    )


@pytest.mark.parametrize(
    ("found", "fail_on", "status"),
    [
        (("serial_work",), (), ExitStatus.OK),
        (("serial_work",), ("no_timeout",), ExitStatus.OK),
        (("serial_work",), ("no_timeout", "serial_work"), ExitStatus.LIMIT_EXCEEDED),
        (("serial_work",), ("any",), ExitStatus.LIMIT_EXCEEDED),
        ((), ("any",), ExitStatus.OK),
    ],
    ids=["data", "another one", "named", "any", "nothing found"],
)
def test_findings_are_data_unless_they_are_named(found, fail_on, status):
    """Who wants a red build says what for."""
    assert judge(record(*found), fail_on=fail_on) is status


def test_a_shop_that_could_not_be_probed_outweighs_its_findings():
    """Its other mistakes were never looked for."""
    failed = record("unreachable", probed=False)
    assert judge(failed, fail_on=("any",)) is ExitStatus.INVALID_RUN


def test_an_address_is_a_shop_like_ours():
    """A URL as target is spoken to like our merchant."""
    settings = make_settings({**OPTIONS, "target": "http://localhost:4000/"})
    assert settings.plan.target.name == "merchant"
    assert settings.plan.url == "http://localhost:4000"


def test_a_target_without_an_address_needs_one(tmp_path):
    """The message says with which option."""
    file = tmp_path / "shop.toml"
    file.write_text(
        'name = "s"\nland = "GET /"\nmake_payment = "POST /pay"\nredirect_url = "url"\n'
    )
    with pytest.raises(ConfigurationError, match="--url"):
        make_settings({**OPTIONS, "target": str(file)})


def test_the_distance_of_the_profile_is_known_to_the_judges(tmp_path):
    """It is what a new connection costs."""
    file = tmp_path / "far.toml"
    file.write_text('name = "far"\n[network]\ngateway_round_trip_s = 0.05\n')
    settings = make_settings({**OPTIONS, "profile": str(file), "seed": 0})
    assert settings.plan.round_trip_s == 0.05
    assert settings.profile_name == str(file)
    assert settings.plan.seed == 0


@pytest.mark.parametrize(
    ("options", "culprit"),
    [
        ({"target": "http://example.com"}, r"^--target: example\.com is not"),
        ({"url": "http://example.com"}, r"^--url: example\.com is not"),
    ],
    ids=["target", "url"],
)
def test_a_remote_shop_is_refused_by_the_option_that_named_it(options, culprit):
    """Nobody is told of an option that was not written."""
    with pytest.raises(ConfigurationError, match=culprit):
        make_settings({**OPTIONS, **options})


def test_a_remote_shop_in_a_target_file_is_refused_by_its_field(tmp_path):
    """The file and the field."""
    file = tmp_path / "shop.toml"
    file.write_text(
        'name = "s"\nurl = "http://example.com"\nland = "GET /"\nmake_payment = "POST /pay"\n'
        'redirect_url = "url"\n'
    )
    with pytest.raises(ConfigurationError, match=r"shop\.toml, field url: example\.com"):
        make_settings({**OPTIONS, "target": str(file)})


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "localhost", "localhost:3000/shop"])
def test_an_address_without_its_scheme_is_told_what_it_lacks(address):
    """It is no name of a target."""
    with pytest.raises(ConfigurationError, match=f"--target http://{address}$"):
        make_settings({**OPTIONS, "target": address})
