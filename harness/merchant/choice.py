"""From flags to strategies: the only place where an optimization is asked for by name."""

from harness.client import ClientOptions
from harness.merchant.attachment import Attachment, ImmediateAttachment, LateAttachment
from harness.merchant.checkout import Checkout, OverlappedCheckout, PatientCheckout
from harness.merchant.gateway_desk import GatewayDesk
from harness.merchant.intent import Intents
from harness.merchant.landing import LandingPrices
from harness.merchant.later import Later
from harness.merchant.optimization import Optimization
from harness.merchant.store import Store
from harness.merchant.validation import (
    BatchedValidator,
    ParallelValidator,
    SequentialValidator,
    Validator,
)
from harness.merchant.variant import Variant

__all__ = [
    "choose_attachment",
    "choose_checkout",
    "choose_client_options",
    "choose_validator",
    "prefetches",
    "refreshes_in_background",
]


def choose_client_options(variant: Variant) -> ClientOptions:
    """Return the switches of the payment client: tokens, timeouts, connections."""
    return ClientOptions(
        token_store=variant.has(Optimization.TOKEN_STORE),
        token_cache=variant.has(Optimization.TOKEN_CACHE),
        early_refresh=variant.has(Optimization.EARLY_REFRESH),
        timeouts=variant.has(Optimization.TIMEOUTS),
        pooled_connections=variant.has(Optimization.POOLED_CONNECTIONS),
    )


def choose_validator(variant: Variant, store: Store) -> Validator:
    """Return how the three questions are asked; one trip for all beats three at once."""
    if variant.has(Optimization.BATCHED_QUERIES):
        return BatchedValidator(store)
    if variant.has(Optimization.PARALLEL_VALIDATION):
        return ParallelValidator(store)
    return SequentialValidator(store)


def choose_attachment(variant: Variant, store: Store, later: Later) -> Attachment:
    """Return when bKash's name for a payment is stored."""
    if variant.has(Optimization.LATE_ATTACH):
        return LateAttachment(store, later)
    return ImmediateAttachment(store)


def choose_checkout(
    variant: Variant,
    *,
    store: Store,
    intents: Intents,
    desk: GatewayDesk,
    attachment: Attachment,
    landings: LandingPrices,
    later: Later,
) -> Checkout:
    """Return whether create waits for the validation."""
    validator = choose_validator(variant, store)
    patient = PatientCheckout(
        validator=validator, intents=intents, desk=desk, attachment=attachment
    )
    if not variant.has(Optimization.OVERLAPPED_CREATE):
        return patient
    return OverlappedCheckout(
        patient=patient,
        landings=landings,
        validator=validator,
        intents=intents,
        desk=desk,
        attachment=attachment,
        store=store,
        later=later,
    )


def prefetches(variant: Variant) -> bool:
    """Tell whether a landed page warms the token."""
    return variant.has(Optimization.PREFETCH)


def refreshes_in_background(variant: Variant) -> bool:
    """Tell whether a task of the process keeps the token fresh."""
    return variant.has(Optimization.BACKGROUND_REFRESH)
