"""Laws of writing a profile."""

import pytest

from mock_bkash.fault import named_plan
from mock_bkash.latency import (
    Constant,
    Distribution,
    Empirical,
    Lognormal,
    Network,
    Profile,
    Tail,
    Uniform,
    load_profile,
    profile_names,
    profile_toml,
)


@pytest.mark.parametrize("name", profile_names())
def test_what_is_written_is_read_again(name, tmp_path):
    """The built-in profiles survive the round trip."""
    profile = load_profile(name)
    path = tmp_path / "copy.toml"
    path.write_text(profile_toml(profile), "utf-8")
    assert load_profile(str(path)).to_dict() == profile.to_dict()


def test_every_shape_tail_and_distance_is_written(tmp_path):
    """Samples lie in the file that an empirical shape names."""
    (tmp_path / "d.txt").write_text("0.1\n0.2\n")
    profile = Profile(
        'quotes " and \\ and \x7f and é',
        {
            "token_grant": Distribution(Constant(2)),
            "create_payment": Distribution(Lognormal(1.0512345678, 1.4), Tail(0.0125, 4.5)),
            "execute_payment": Distribution(Uniform(0.5, 0.75)),
            "query_payment": Distribution(Empirical((0.1, 0.2), "d.txt"), Tail(0.5, 2)),
        },
        Network(gateway_round_trip_s=0.04, shopper_round_trip_s=0.0),
    )
    path = tmp_path / "p.toml"
    path.write_text(profile_toml(profile), "utf-8")
    read = load_profile(str(path))
    assert read.name == profile.name
    assert read.network == profile.network
    assert read.operations["create_payment"].shape == Lognormal(1.05123, 1.4)
    assert read.operations["create_payment"].tail == Tail(0.0125, 4.5)
    assert read.operations["query_payment"] == profile.operations["query_payment"]


def test_remarks_are_comments_whatever_they_say():
    """A line break in a remark must not become a statement."""
    text = profile_toml(
        Profile("p", {"token_grant": Distribution(Constant(2))}),
        head=("fitted", "from x\nname = 'other'"),
        remarks={"token_grant": ("41 samples",)},
    )
    assert text.splitlines() == [
        "# fitted",
        "# from x name = 'other'",
        'name = "p"',
        "",
        "# 41 samples",
        "[operations.token_grant]",
        'kind = "constant"',
        "value_s = 2",
    ]


def test_faults_are_written_with_all_that_they_say(tmp_path):
    """Whole numbers stay whole, texts stay texts, and conditions stay."""
    rules = named_plan(
        'alter;field=amount;value="1";match.invoice=inv-*;probability=0.25;first=2;until_s=60'
    ).rules
    rules += named_plan("alter;field=paid;value=true").rules
    rules += named_plan("huge;size_bytes=100000000").rules
    path = tmp_path / "p.toml"
    path.write_text(profile_toml(Profile("p", {}, faults=rules)), "utf-8")
    assert load_profile(str(path)).faults == rules
