"""What a checkout says no to, and how: one row per reason, each a 4xx or 5xx with a typed body."""

from enum import StrEnum

from harness.errors import HarnessError

__all__ = ["Reason", "Rejection"]


class Reason(StrEnum):
    """Name why a request was turned down; the value is `error.type` on the wire."""

    MALFORMED_BODY = "malformed_body"
    INVALID_FIELD = "invalid_field"
    BODY_TOO_LARGE = "body_too_large"
    INVALID_CALLBACK = "invalid_callback"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNKNOWN_USER = "unknown_user"
    UNKNOWN_COURSE = "unknown_course"
    UNKNOWN_PAYMENT = "unknown_payment"
    ALREADY_ENROLLED = "already_enrolled"
    PRICE_CHANGED = "price_changed"
    GATEWAY_REFUSED = "gateway_refused"
    GATEWAY_UNREACHABLE = "gateway_unreachable"
    GATEWAY_UNREADABLE = "gateway_unreadable"
    GATEWAY_TIMEOUT = "gateway_timeout"
    STORE_UNAVAILABLE = "store_unavailable"
    INTERNAL = "internal"

    @property
    def http_status(self) -> int:
        """Return the HTTP status that goes with it."""
        return _HTTP_STATUS[self]


_HTTP_STATUS = {
    Reason.MALFORMED_BODY: 400,
    Reason.INVALID_FIELD: 422,
    Reason.BODY_TOO_LARGE: 413,
    Reason.INVALID_CALLBACK: 400,
    Reason.FORBIDDEN: 403,
    Reason.NOT_FOUND: 404,
    Reason.METHOD_NOT_ALLOWED: 405,
    Reason.UNKNOWN_USER: 404,
    Reason.UNKNOWN_COURSE: 404,
    Reason.UNKNOWN_PAYMENT: 404,
    Reason.ALREADY_ENROLLED: 409,
    Reason.PRICE_CHANGED: 409,
    Reason.GATEWAY_REFUSED: 502,
    Reason.GATEWAY_UNREACHABLE: 503,
    Reason.GATEWAY_UNREADABLE: 502,
    Reason.GATEWAY_TIMEOUT: 504,
    Reason.STORE_UNAVAILABLE: 503,
    Reason.INTERNAL: 500,
}


class Rejection(HarnessError):
    """A request that is turned down.

    Attributes:
        reason: why; decides the HTTP status.
        message: for the shopper, or for the developer who called.
        http_status: usually the reason's own; 409 where a create was abandoned for that reason.
    """

    def __init__(self, reason: Reason, message: str, *, http_status: int | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.http_status = reason.http_status if http_status is None else http_status
