"""The error tree. A class exists only where the caller acts differently on it.

HarnessError
├── ConfigurationError      the user's to fix; names the option; exit status 2
├── RunDataError            a run folder is missing, truncated, or of another schema version
├── InvalidRunError         the run happened, but its numbers must not be believed; exit status 12
└── PaymentError            carries payment_id and phase
    ├── NotSent             nothing reached the gateway: safe to retry
    ├── OutcomeUnknown      sent, no answer: query before any retry
    ├── Refused             bKash said no: status_code and message; do not retry
    └── GatewayProtocolError  an answer that cannot be read: do not guess
"""

__all__ = [
    "ConfigurationError",
    "GatewayProtocolError",
    "HarnessError",
    "InvalidRunError",
    "NotSent",
    "OutcomeUnknown",
    "PaymentError",
    "Refused",
    "RunDataError",
]


class HarnessError(Exception):
    """Root of all errors that bkash-bench raises on purpose."""


class ConfigurationError(HarnessError):
    """Something the user wrote cannot be used; the message names it, its value, and the mend."""


class RunDataError(HarnessError):
    """A run folder is missing, truncated, or of another schema version."""


class InvalidRunError(HarnessError):
    """A run took place, but what it measured must not be believed."""


class PaymentError(HarnessError):
    """A gateway call that did not succeed.

    Attributes:
        payment_id: bKash's id of the payment, or None before there is one.
        phase: the operation that failed, in stage names (`create_payment`, `token_grant`, …).
    """

    def __init__(self, message: str, *, phase: str, payment_id: str | None = None) -> None:
        super().__init__(message)
        self.phase = phase
        self.payment_id = payment_id


class NotSent(PaymentError):
    """Nothing reached the gateway: the call may be made again."""


class OutcomeUnknown(PaymentError):
    """The request left and no answer came: ask (query) before anything else."""


class Refused(PaymentError):
    """bKash answered with an error.

    Attributes:
        status_code: bKash's `statusCode` ("2023"), or the HTTP status as text ("401") where the
            gateway in front of bKash answered in its own dialect.
        status_message: bKash's words, to be shown to the shopper.
        http_status: the HTTP status of the answer.
    """

    def __init__(
        self,
        message: str,
        *,
        phase: str,
        status_code: str,
        status_message: str,
        http_status: int = 200,
        payment_id: str | None = None,
    ) -> None:
        super().__init__(message, phase=phase, payment_id=payment_id)
        self.status_code = status_code
        self.status_message = status_message
        self.http_status = http_status


class GatewayProtocolError(PaymentError):
    """An answer came that cannot be read or contradicts the request: do not guess."""
