"""Profiles as data."""

import pickle

import pytest

from mock_bkash.latency import Constant, Distribution, Network, Profile, load_profile

MINE = Profile("mine", {"create_payment": Distribution(Constant(1.5))}, Network(0.04))


def test_medians_are_the_guides():
    """`guide` and `constant` assume the same medians: the ranges that the guide prints."""
    for name in ("guide", "constant"):
        profile = load_profile(name)
        assert profile.median_s("token_lookup") == pytest.approx(0.2)
        assert profile.median_s("token_grant") == pytest.approx(2.0)
        assert profile.median_s("create_payment") == pytest.approx(1.0)
        assert profile.median_s("execute_payment") == pytest.approx(1.0)
        assert profile.median_s("query_payment") == pytest.approx(0.5)
        for trip in ("validate_user", "validate_course", "check_enrolled"):
            assert profile.median_s(trip) == pytest.approx(0.25)
        for trip in ("insert_payment", "attach_payment", "load_payment", "update_payment"):
            assert profile.median_s(trip) == pytest.approx(0.1)


def test_an_operation_that_is_not_named_takes_no_time():
    """Its median is zero, not an error."""
    assert MINE.median_s("create_payment") == 1.5
    assert MINE.median_s("execute_payment") == 0.0


def test_a_profile_cannot_be_changed():
    """What a run was measured with stays what it was."""
    with pytest.raises(TypeError):
        MINE.operations["execute_payment"] = Distribution(Constant(1))  # type: ignore[index]


def test_a_profile_is_written_as_it_is_read():
    """The manifest of a run can show it."""
    assert MINE.to_dict() == {
        "name": "mine",
        "operations": {"create_payment": {"kind": "constant", "value_s": 1.5}},
        "network": {"gateway_round_trip_s": 0.04, "shopper_round_trip_s": 0.0},
    }


@pytest.mark.parametrize("distance_s", [-0.1, float("nan"), float("inf")])
def test_an_impossible_distance_is_refused(distance_s: float):
    """The message names the field."""
    with pytest.raises(ValueError, match=r"^shopper_round_trip_s: must"):
        Network(shopper_round_trip_s=distance_s)


def test_a_profile_travels_to_another_process():
    """Pickled and read again, it is the same."""
    assert pickle.loads(pickle.dumps(MINE)) == MINE
