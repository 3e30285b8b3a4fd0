"""Laws of the choice: each flag picks its strategy, and no other flag's."""

import pytest

from harness.client import ClientOptions
from harness.merchant import Optimization, Variant
from harness.merchant.attachment import ImmediateAttachment, LateAttachment
from harness.merchant.checkout import OverlappedCheckout, PatientCheckout
from harness.merchant.choice import (
    choose_attachment,
    choose_checkout,
    choose_client_options,
    choose_validator,
    prefetches,
    refreshes_in_background,
)
from harness.merchant.validation import BatchedValidator, ParallelValidator, SequentialValidator

BATCHED, PARALLEL = Optimization.BATCHED_QUERIES, Optimization.PARALLEL_VALIDATION


def variant(*flags: Optimization) -> Variant:
    return Variant(name="test", optimizations=frozenset(flags))


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        ((), SequentialValidator),
        ((PARALLEL,), ParallelValidator),
        ((BATCHED,), BatchedValidator),
        ((PARALLEL, BATCHED), BatchedValidator),
    ],
)
def test_the_validator_is_chosen_by_its_two_flags(flags: tuple[Optimization, ...], kind: type):
    """One trip for all beats three at once."""
    assert isinstance(choose_validator(variant(*flags), None), kind)


def test_the_attachment_is_chosen_by_its_flag():
    """At once, or later."""
    assert isinstance(choose_attachment(variant(), None, None), ImmediateAttachment)
    late = choose_attachment(variant(Optimization.LATE_ATTACH), None, None)
    assert isinstance(late, LateAttachment)


@pytest.mark.parametrize(
    ("flags", "kind"),
    [((), PatientCheckout), ((Optimization.OVERLAPPED_CREATE,), OverlappedCheckout)],
)
def test_the_checkout_is_chosen_by_its_flag(flags: tuple[Optimization, ...], kind: type):
    """Patient, or overlapped."""
    nothing = dict.fromkeys(("store", "intents", "desk", "attachment", "landings", "later"))
    assert isinstance(choose_checkout(variant(*flags), **nothing), kind)


@pytest.mark.parametrize(
    "name",
    ["token_store", "token_cache", "early_refresh", "timeouts", "pooled_connections"],
)
def test_the_clients_switches_are_the_flags_of_the_same_name(name: str):
    """One flag, one switch."""
    expected = ClientOptions(**{name: True})
    assert choose_client_options(variant(Optimization(name))) == expected


def test_the_rest_is_asked_for_by_name():
    """The page's prefetch and the background refresher."""
    assert prefetches(variant(Optimization.PREFETCH))
    assert not prefetches(variant(Optimization.BACKGROUND_REFRESH))
    assert refreshes_in_background(variant(Optimization.BACKGROUND_REFRESH))
    assert not refreshes_in_background(variant(Optimization.PREFETCH))
