"""The pages that shoppers see: server-rendered, complete without JavaScript, everything escaped."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from harness.merchant.rejection import Rejection
from harness.merchant.store import Course, Payment, PaymentState, Receipt
from harness.money import format_taka

__all__ = ["PREFETCH_PATH", "Asset", "Pages", "ResultStatus", "load_assets", "result_status"]

PREFETCH_PATH = "/api/bkash/refresh-token"

_ASSETS = {
    "checkout.css": "text/css; charset=utf-8",
    "checkout.js": "text/javascript; charset=utf-8",
}

# No `form-action`: browsers apply it to redirects as well, and the form ends at bKash.
_PAGE_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
        " img-src data:; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class ResultStatus:
    """Words in the result page's address, for whoever follows the redirect."""

    SUCCESS = "success"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PENDING = "pending"


_RESULTS = {
    PaymentState.PAID: ResultStatus.SUCCESS,
    PaymentState.DECLINED: ResultStatus.FAILED,
    PaymentState.ABANDONED: ResultStatus.FAILED,
    PaymentState.CANCELLED: ResultStatus.CANCELLED,
}


def result_status(state: PaymentState) -> str:
    """Return the word for a state; whatever has no end yet is pending, never failed."""
    return _RESULTS.get(state, ResultStatus.PENDING)


@dataclass(frozen=True, slots=True)
class Asset:
    """Hold one static file.

    Attributes:
        content: its bytes.
        media_type: its `Content-Type`.
        version: changes with its content; part of its address, so that it can be cached for ever.
    """

    content: bytes
    media_type: str
    version: str


def load_assets() -> dict[str, Asset]:
    """Return the static files by name."""
    folder = resources.files("harness.merchant").joinpath("static")
    assets = {}
    for name, media_type in _ASSETS.items():
        content = folder.joinpath(name).read_bytes()
        assets[name] = Asset(content, media_type, hashlib.sha256(content).hexdigest()[:12])
    return assets


class Pages:
    """Render pages for one variant."""

    def __init__(self, assets: dict[str, Asset], *, prefetches: bool) -> None:
        """Prepare; `prefetches` says whether a landed page warms the token."""
        self._prefetch_path = PREFETCH_PATH if prefetches else None
        environment = _environment(tuple((n, asset.version) for n, asset in assets.items()))
        self._checkout = environment.get_template("checkout.html")
        self._result = environment.get_template("result.html")
        self._problem = environment.get_template("problem.html")

    def checkout(self, course: Course, *, user_id: int) -> Response:
        """Return the page on which a shopper lands."""
        return _page(
            self._checkout.render(
                course=course,
                user_id=user_id,
                amount=format_taka(course.price_poisha),
                prefetch_path=self._prefetch_path,
            )
        )

    def result(self, receipt: Receipt, *, retry_url: str) -> Response:
        """Return the page that says how a payment stands.

        `retry_url` brings back a payment whose execute was never sent.
        """
        payment = receipt.payment
        return _page(
            self._result.render(
                payment=payment,
                course_title=receipt.course_title,
                view=_view(payment),
                retry_url=retry_url,
            )
        )

    def problem(self, rejection: Rejection) -> Response:
        """Return the page that says why a request was turned down."""
        html = self._problem.render(message=rejection.message, http_status=rejection.http_status)
        return _page(html, http_status=rejection.http_status)


def _view(payment: Payment) -> str:
    if payment.state is PaymentState.CREATED:
        return "retry"
    if payment.state is PaymentState.REVIEW:
        return "review"
    return result_status(payment.state)


@cache
def _environment(versions: tuple[tuple[str, str], ...]) -> Environment:
    # Compiling the templates takes 50 ms; where processes are simulated by the hundred, they share.
    version_of = dict(versions)
    environment = Environment(
        loader=PackageLoader("harness.merchant"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A template does not change while its shop runs, and is not looked for on disk again.
        auto_reload=False,
    )
    environment.filters["taka"] = _show_taka
    environment.globals["asset"] = lambda name: f"/static/{name}?v={version_of[name]}"
    return environment


def _page(html: str, *, http_status: int = 200) -> Response:
    return Response(html, http_status, headers=_PAGE_HEADERS, media_type="text/html")


def _show_taka(amount_poisha: int) -> str:
    # "Tk" and not the taka sign, which few fonts outside Bangladesh have; it must not be parted
    # from its number.
    taka, poisha = divmod(amount_poisha, 100)
    return f"Tk\N{NO-BREAK SPACE}{taka:,}.{poisha:02d}"
