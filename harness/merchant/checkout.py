"""The first half of a payment: from the click on "pay" to bKash's approval page.

The story is the same for every variant; who validates, when the paymentID is stored and whether
create waits for the validation was chosen once, when the merchant was built.
"""

import asyncio
from typing import Protocol

from harness.client import CreatedPayment, Deadline
from harness.errors import HarnessError
from harness.merchant.attachment import Attachment
from harness.merchant.gateway_desk import GatewayDesk
from harness.merchant.intent import Intents
from harness.merchant.landing import LandingPrices
from harness.merchant.later import Later
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.store import Course, Payment, Store
from harness.merchant.validation import Validator
from harness.merchant.wish import Begun, Wish

__all__ = ["Checkout", "OverlappedCheckout", "PatientCheckout"]


class Checkout(Protocol):
    """Begin payments."""

    async def begin(self, wish: Wish) -> Begun:
        """Return a payment that waits for its shopper's approval at bKash.

        Raises:
            Rejection: the wish cannot be granted, or bKash did not create the payment.
            StoreUnavailable: the database did not answer.
        """


class PatientCheckout:
    """Validate first, then create: nothing is asked of bKash that was not checked."""

    def __init__(
        self, *, validator: Validator, intents: Intents, desk: GatewayDesk, attachment: Attachment
    ) -> None:
        self._validator = validator
        self._intents = intents
        self._desk = desk
        self._attachment = attachment

    async def begin(self, wish: Wish) -> Begun:
        """Begin a payment; see `Checkout`."""
        deadline = self._desk.deadline()
        course = await self._validator.validate(wish)
        payment = await self._intents.write(wish, amount_poisha=course.price_poisha)
        created = await self._desk.create(payment, deadline=deadline)
        await self._attachment.attach(ref=payment.ref, payment_id=created.payment_id)
        return _begun(payment, created)


class OverlappedCheckout:
    """Create at the price that the page showed while the validation still runs.

    The price of being early is a created payment that turns out to be unwanted. It is abandoned:
    its shopper never learns its address, and nobody will ever execute it, so no money can move.
    """

    def __init__(
        self,
        *,
        patient: PatientCheckout,
        landings: LandingPrices,
        validator: Validator,
        intents: Intents,
        desk: GatewayDesk,
        attachment: Attachment,
        store: Store,
        later: Later,
    ) -> None:
        self._patient = patient
        self._landings = landings
        self._validator = validator
        self._intents = intents
        self._desk = desk
        self._attachment = attachment
        self._store = store
        self._later = later

    async def begin(self, wish: Wish) -> Begun:
        """Begin a payment; see `Checkout`."""
        price_poisha = self._landings.price_poisha(wish.course_id)
        if price_poisha is None:
            return await self._patient.begin(wish)
        deadline = self._desk.deadline()
        payment = await self._intents.write(wish, amount_poisha=price_poisha)
        creating = asyncio.create_task(self._create(payment, deadline))
        try:
            self._require_price(await self._validator.validate(wish), price_poisha)
        except BaseException as error:
            self._later.spawn(self._abandon(payment, creating, error))
            if isinstance(error, Rejection):
                raise Rejection(error.reason, error.message, http_status=409) from error
            raise
        created = await creating
        await self._attachment.attach(ref=payment.ref, payment_id=created.payment_id)
        return _begun(payment, created)

    async def _create(self, payment: Payment, deadline: Deadline | None) -> CreatedPayment:
        return await self._desk.create(payment, deadline=deadline)

    def _require_price(self, course: Course, price_poisha: int) -> None:
        if course.price_poisha != price_poisha:
            self._landings.remember(course)
            raise Rejection(
                Reason.PRICE_CHANGED, f"The price of “{course.title}” has changed. Look again."
            )

    async def _abandon(
        self, payment: Payment, creating: "asyncio.Task[CreatedPayment]", error: BaseException
    ) -> None:
        try:
            created = await creating
        except HarnessError:
            return  # There is no created payment; `create` has closed the row.
        reason = error.message if isinstance(error, Rejection) else "The checkout was interrupted."
        await self._store.abandon_payment(
            ref=payment.ref, payment_id=created.payment_id, reason=reason
        )


def _begun(payment: Payment, created: CreatedPayment) -> Begun:
    return Begun(
        ref=payment.ref,
        payment_id=created.payment_id,
        bkash_url=created.bkash_url,
        amount_poisha=payment.amount_poisha,
    )
