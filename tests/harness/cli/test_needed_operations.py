"""Laws of what a variant needs of a profile."""

import pytest

from harness.cli.needed_operations import (
    needed_operations,
    refuse_gaps,
    require_operations,
)
from harness.errors import ConfigurationError
from harness.merchant import BUILTIN, Optimization, Variant
from harness.simulation import Arrivals, VirtualScenario
from harness.simulation.campaign import simulate_all
from mock_bkash.latency import Profile, load_profile

GUIDE = load_profile("guide")


def without(*names):
    return Profile("mine", {k: v for k, v in GUIDE.operations.items() if k not in names})


def test_the_guides_profile_has_everything():
    """And so have constant and flaky."""
    for name in ("guide", "constant", "flaky"):
        profile = load_profile(name)
        require_operations(profile, BUILTIN.values())
        for variant in BUILTIN.values():
            assert set(needed_operations(variant)) <= set(profile.operations)


@pytest.mark.parametrize("operation", ["create_payment", "validate_user", "token_grant"])
def test_what_every_payment_needs_is_asked_of_every_variant(operation):
    """The message names the operation and who needs it."""
    for variant in BUILTIN.values():
        with pytest.raises(ConfigurationError, match=f"'{operation}'.*{variant.name}"):
            require_operations(without(operation), [variant])


def test_only_what_a_variant_needs_is_asked_for():
    """The baseline never refreshes, and a memory without a store never looks up."""
    require_operations(without("token_refresh"), [BUILTIN["sequential"], BUILTIN["stored"]])
    memory = Variant("memory", frozenset({Optimization.TOKEN_CACHE}))
    require_operations(without("token_lookup"), [memory])
    with pytest.raises(ConfigurationError, match=r"'token_lookup' \(and 1 more\)"):
        require_operations(without("token_lookup", "token_refresh"), BUILTIN.values())


def test_a_profile_without_any_operation_is_refused():
    """In profile fast nothing takes time, so nothing can be asked about time."""
    with pytest.raises(ConfigurationError, match="'fast'"):
        require_operations(load_profile("fast"), BUILTIN.values())


def test_a_run_may_have_a_profile_without_any_operation():
    """Fast is honest about it; a profile with one operation of many is not."""
    refuse_gaps(load_profile("fast"), BUILTIN.values())
    with pytest.raises(ConfigurationError, match="'token_grant'"):
        refuse_gaps(without("token_grant"), BUILTIN.values())


def test_needed_is_what_payments_really_show():
    """Every stage of a simulated day is one that is asked for, and nearly the other way round."""
    scenario = VirtualScenario(
        profile=GUIDE, arrivals=Arrivals(rate_per_s=1 / 300), duration_s=4 * 3600.0
    )
    variants = [BUILTIN["sequential"], BUILTIN["stored"], BUILTIN["overlapped"]]
    outcomes = simulate_all(scenario, variants, jobs=1, keep_tally=True)
    for variant in variants:
        seen = set(outcomes[variant.name].tally.stage_ns)
        assert seen <= set(needed_operations(variant)) | {"query_payment"}
