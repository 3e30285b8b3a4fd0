"""Laws of comparability."""

import json

import msgspec
import pytest

from harness.gate.identity import Identity, identify


def test_equal_plans_are_comparable(plan_of):
    """Code, machine, name and hour may differ: their effect is what is asked for."""
    assert identify(plan_of()).differences(identify(plan_of())) == []
    again = msgspec.convert(
        json.loads(json.dumps(msgspec.to_builtins(identify(plan_of())))), Identity
    )
    assert again == identify(plan_of())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"clock": "real"}, 'clock is "real", the baseline\'s is "virtual"'),
        ({"seed": 2}, "seed is 2, the baseline's is 1"),
        ({"rate_per_s": 4.0}, "rate_per_s is 4, the baseline's is 2"),
        ({"duration_s": 60.0}, "duration_s is 60, the baseline's is 600"),
        ({"token_lifetime_s": 3600.0}, "token_lifetime_s is 3600, the baseline's is 20"),
        ({"time_scale": 0.1}, "time_scale is 0.1, the baseline's is 1"),
    ],
)
def test_every_difference_is_said(plan_of, change, said):
    """With both values, so that either can be mended."""
    assert identify(plan_of(**change)).differences(identify(plan_of())) == [said]


def test_profile_is_known_by_its_content(plan_of):
    """Another name for the same numbers is the same profile; one changed number is another one."""
    data = {"operations": {"create_payment": {"value_s": 1}}, "network": {"on": True}}
    mine = identify(plan_of(profile="a", profile_data={"name": "a", **data}))
    renamed = identify(plan_of(profile="b", profile_data={"name": "b", **data}))
    assert mine.differences(renamed) == []
    data["operations"]["create_payment"]["value_s"] = 1.001
    changed = identify(plan_of(profile="b", profile_data={"name": "b", **data}))
    (said,) = changed.differences(mine)
    assert said == (
        f"profile is b ({changed.profile_digest}), the baseline's is a ({mine.profile_digest})"
    )


def test_place_of_a_profiles_file_is_no_content(plan_of):
    """A clone in another folder compares with the baseline that it brought along."""
    here, there = (
        identify(plan_of(profile_data={"create_payment": {"file": place, "samples": 3}}))
        for place in ("/here/times.csv", "/there/times.csv")
    )
    assert here.differences(there) == []


def test_variant_shown_first_does_not_matter(plan_of):
    """What the report compares with changes no figure."""
    mine = identify(plan_of(baseline="optimized"))
    assert mine.differences(identify(plan_of(baseline="sequential"))) == []


def test_older_schema_is_not_comparable(plan_of):
    """A number may have changed its meaning."""
    mine = identify(plan_of())
    old = Identity(0, mine.clock, mine.seed, mine.profile, mine.profile_digest, mine.scenario)
    assert mine.differences(old) == ["schema_version is 1, the baseline's is 0"]


def test_setting_that_one_does_not_know_is_a_difference(plan_of):
    """A baseline that says more, or less, was asked something else."""
    mine = identify(plan_of())
    more = Identity(
        1, mine.clock, mine.seed, mine.profile, mine.profile_digest, {**mine.scenario, "burst": 9}
    )
    assert mine.differences(more) == ["burst is not known, the baseline's is 9"]
    assert more.differences(mine) == ["burst is 9, the baseline's is not known"]


def test_setting_inside_the_scenario_is_named_by_its_path(plan_of):
    """A run on the virtual clock has bursts, pools and losses beside the rest."""

    def asked(connections):
        network = {"gateway_pool": {"connections": connections}, "loss": 0.0}
        return identify(plan_of(scenario={"network": network}))

    assert asked(32).differences(asked(32)) == []
    assert asked(8).differences(asked(32)) == [
        "network.gateway_pool.connections is 8, the baseline's is 32"
    ]
