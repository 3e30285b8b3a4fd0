"""The pages a shopper opens, and the files they need."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from harness.merchant.callback_state import StateSigner
from harness.merchant.gateway_desk import CALLBACK_PATH
from harness.merchant.landing import LandingPrices
from harness.merchant.pages import Asset, Pages
from harness.merchant.performance import FunnelStep, Performance
from harness.merchant.rejection import Reason, Rejection
from harness.merchant.settlement import CallbackStatus
from harness.merchant.store import Payment, Store

__all__ = ["PageEndpoints"]

_LONGEST_ID_DIGITS = 18
"""SQLite's integers end at 2**63, which has 19 digits."""

_FOR_EVER = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"


class PageEndpoints:
    """Serve pages and static files."""

    def __init__(
        self,
        *,
        pages: Pages,
        assets: dict[str, Asset],
        store: Store,
        landings: LandingPrices,
        signer: StateSigner,
        performance: Performance,
    ) -> None:
        self._pages = pages
        self._assets = assets
        self._store = store
        self._landings = landings
        self._signer = signer
        self._performance = performance

    async def checkout(self, request: Request) -> Response:
        """Show a course, its price and the pay button."""
        course_id = _parse_id(request.path_params["course_id"])
        if course_id is None:
            raise Rejection(Reason.UNKNOWN_COURSE, "There is no such course.")
        user_id = _parse_id(request.query_params.get("user_id", ""))
        if user_id is None:
            raise Rejection(Reason.INVALID_FIELD, "The address needs user_id, the shopper's id.")
        course = await self._store.show_course(course_id)
        if course is None:
            raise Rejection(Reason.UNKNOWN_COURSE, "There is no such course.")
        self._landings.remember(course)
        self._performance.count(FunnelStep.LANDED)
        return self._pages.checkout(course, user_id=user_id)

    async def result(self, request: Request) -> Response:
        """Show how a payment stands, to whoever holds its signed state."""
        state = self._signer.verify(request.query_params.get("ref", ""))
        receipt = None if state is None else await self._store.show_receipt(state.ref)
        if state is None or receipt is None:
            raise Rejection(Reason.UNKNOWN_PAYMENT, "There is no such payment.")
        ref = self._signer.sign(state)
        return self._pages.result(receipt, retry_url=_retry_url(receipt.payment, ref=ref))

    async def asset(self, request: Request) -> Response:
        """Send a static file, for ever where its address names its version."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise Rejection(Reason.NOT_FOUND, "There is nothing here.")
        current = request.query_params.get("v") == asset.version
        headers = {
            "cache-control": _FOR_EVER if current else _AN_HOUR,
            "etag": f'"{asset.version}"',
            "x-content-type-options": "nosniff",
        }
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(asset.content, headers=headers, media_type=asset.media_type)


def _retry_url(payment: Payment, *, ref: str) -> str:
    query = {"ref": ref, "paymentID": payment.payment_id or "", "status": CallbackStatus.SUCCESS}
    return f"{CALLBACK_PATH}?{urlencode(query)}"


def _parse_id(text: str) -> int | None:
    usable = text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID_DIGITS
    return int(text) if usable else None
