"""Laws of moving one assumption of a profile."""

import pickle

import pytest

from mock_bkash.latency import (
    Constant,
    Distribution,
    Empirical,
    LatencyModel,
    Lognormal,
    Network,
    Profile,
    Tail,
    Uniform,
    load_profile,
    scale_profile,
    set_gateway_round_trip,
    set_gateway_tail,
    set_spread,
)

GUIDE = load_profile("guide")


@pytest.mark.parametrize(
    "shape",
    [Constant(0.4), Lognormal(1.0, 1.4), Uniform(0.1, 0.3), Empirical((0.1, 0.2, 0.9), "d.txt")],
    ids=lambda shape: type(shape).__name__,
)
@pytest.mark.parametrize("q", [0.01, 0.5, 0.99])
def test_scaling_scales_every_quantile(shape, q):
    """Half as slow is half as slow for the lucky and the unlucky, tails included."""
    profile = Profile("p", {"create_payment": Distribution(shape, Tail(0.01, 5))})
    half = scale_profile(profile, 0.5).operations["create_payment"]
    assert half.shape.quantile_s(q) == pytest.approx(0.5 * shape.quantile_s(q))
    assert half.tail == Tail(0.01, 5)


def test_only_the_named_operations_move():
    """All others keep every draw."""
    moved = scale_profile(GUIDE, 2, operations=("create_payment",))
    for name, distribution in GUIDE.operations.items():
        same = moved.operations[name] == distribution
        assert same is (name != "create_payment")
    assert list(moved.operations) == list(GUIDE.operations)


def test_a_scaled_call_has_the_luck_that_it_had():
    """Draws are keyed: the same call, the same quantile, twice the time."""
    before, after = LatencyModel(GUIDE, 1), LatencyModel(scale_profile(GUIDE, 2), 1)
    for number in range(50):
        slow = after.delay_us("create_payment", f"key{number}", 1)
        assert slow == pytest.approx(
            2 * before.delay_us("create_payment", f"key{number}", 1), abs=1
        )


@pytest.mark.parametrize("factor", [0, -1, float("nan"), float("inf")])
def test_a_factor_that_is_none_is_refused(factor):
    """Zero, negative, NaN and infinity."""
    with pytest.raises(ValueError, match="factor"):
        scale_profile(GUIDE, factor)


def test_an_operation_that_the_profile_lacks_is_named():
    """Scaling nothing would look like an answer."""
    with pytest.raises(ValueError, match="'token_grant'"):
        scale_profile(load_profile("fast"), 2, operations=("token_grant",))


def test_the_tail_changes_for_gateway_operations_only():
    """Databases keep what they have."""
    changed = set_gateway_tail(GUIDE, 0.05)
    assert changed.operations["create_payment"].tail == Tail(0.05, 5)
    assert changed.operations["insert_payment"].tail is None
    bare = Profile("p", {"execute_payment": Distribution(Constant(1))})
    assert set_gateway_tail(bare, 0.1).operations["execute_payment"].tail == Tail(0.1, 5)


def test_spread_keeps_medians():
    """Only how far p95 lies from the median changes, and only where there is one to change."""
    wide = set_spread(GUIDE, 3)
    for name, distribution in wide.operations.items():
        assert distribution.median_s() == pytest.approx(GUIDE.median_s(name))
        assert distribution.shape.quantile_s(0.95) == pytest.approx(3 * GUIDE.median_s(name))
    constant = load_profile("constant")
    assert set_spread(constant, 3).to_dict() == constant.to_dict()


def test_the_round_trip_is_the_networks():
    """The distance to shoppers stays."""
    far = set_gateway_round_trip(
        Profile("p", {}, Network(gateway_round_trip_s=0.01, shopper_round_trip_s=0.02)), 0.3
    )
    assert far.network == Network(gateway_round_trip_s=0.3, shopper_round_trip_s=0.02)


def test_a_moved_profile_travels_to_another_process():
    """It is simulated there."""
    moved = set_spread(scale_profile(GUIDE, 0.5), 2)
    assert pickle.loads(pickle.dumps(moved)).to_dict() == moved.to_dict()


def test_an_unknown_shape_is_refused():
    """A shape of somebody's own has no known way of being scaled."""

    class Own:
        def quantile_s(self, q):
            return q

    with pytest.raises(ValueError, match="Own"):
        scale_profile(Profile("p", {"create_payment": Distribution(Own())}), 2)
