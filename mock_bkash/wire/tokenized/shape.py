"""What each call of Tokenized Checkout takes and gives, as types: for who describes the dialect.

The operations read and write these very types; nothing here decides anything.
"""

from collections.abc import Mapping
from typing import Final

from mock_bkash.wire.tokenized.agreement_answer import (
    AgreementCreated,
    AgreementExecuted,
    AgreementKnown,
    AgreementQueried,
)
from mock_bkash.wire.tokenized.answer import Failed, Refused, TokensGranted
from mock_bkash.wire.tokenized.payment_answer import (
    AuthorizationSettled,
    PaymentCreated,
    PaymentExecuted,
    PaymentQueried,
    TransactionFound,
)
from mock_bkash.wire.tokenized.refund_answer import RefundDone
from mock_bkash.wire.tokenized.request import (
    AgreementBody,
    CreateBody,
    CredentialsBody,
    PaymentBody,
    RefundBody,
    SearchBody,
)

__all__ = ["ANSWERS", "MANDATORY", "REFUSALS", "REQUESTS"]

REQUESTS: Final[Mapping[str, type]] = {
    "token_grant": CredentialsBody,
    "token_refresh": CredentialsBody,
    "create_payment": CreateBody,
    "execute_payment": PaymentBody,
    "query_payment": PaymentBody,
    "search_transaction": SearchBody,
    "refund_payment": RefundBody,
    "capture_payment": PaymentBody,
    "void_payment": PaymentBody,
    "query_agreement": AgreementBody,
    "cancel_agreement": AgreementBody,
}
"""Body of a request by its operation."""

MANDATORY: Final[Mapping[str, tuple[str, ...]]] = {
    "token_grant": ("app_key", "app_secret"),
    "token_refresh": ("app_key", "app_secret", "refresh_token"),
    "create_payment": ("mode", "payerReference", "callbackURL"),
    "execute_payment": ("paymentID",),
    "query_payment": ("paymentID",),
    "search_transaction": ("trxID",),
    "refund_payment": ("paymentID", "trxID"),
    "capture_payment": ("paymentID",),
    "void_payment": ("paymentID",),
    "query_agreement": ("agreementID",),
    "cancel_agreement": ("agreementID",),
}
"""Fields that a request is refused without, by 2065."""

ANSWERS: Final[Mapping[str, tuple[type, ...]]] = {
    "token_grant": (TokensGranted,),
    "token_refresh": (TokensGranted,),
    "create_payment": (PaymentCreated, AgreementCreated),
    "execute_payment": (PaymentExecuted, AgreementExecuted),
    "query_payment": (PaymentQueried, AgreementQueried),
    "search_transaction": (TransactionFound,),
    "refund_payment": (RefundDone,),
    "capture_payment": (AuthorizationSettled,),
    "void_payment": (AuthorizationSettled,),
    "query_agreement": (AgreementKnown,),
    "cancel_agreement": (AgreementKnown,),
}
"""Bodies of a success by its operation."""

REFUSALS: Final[Mapping[str, tuple[type, ...]]] = {
    operation: (Refused, Failed)
    if operation in ("create_payment", "execute_payment")
    else (Refused,)
    for operation in REQUESTS
}
"""Bodies of a business error by its operation."""
