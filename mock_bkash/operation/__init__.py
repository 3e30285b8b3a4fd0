"""What bKash does when it is called: one file per operation, its rules and no dialect.

An operation checks a request on arrival and hands back the work to do; the gateway lets the
modelled time pass and then does it, undivided. No operation waits, sleeps or knows of HTTP; how
requests and answers are spelt, a `Wire` knows.
"""

from mock_bkash.operation.approval import judge_approval
from mock_bkash.operation.consent import CancelAgreement, QueryAgreement
from mock_bkash.operation.create import CreatePayment
from mock_bkash.operation.execute import ExecutePayment
from mock_bkash.operation.grant import GrantToken
from mock_bkash.operation.guarded import Guarded, PaymentOperation
from mock_bkash.operation.issuer import TokenIssuer
from mock_bkash.operation.login import LoginWire
from mock_bkash.operation.outcome import (
    Created,
    Found,
    Refunded,
    RefundHistory,
    Sight,
    TokenPair,
    Wire,
)
from mock_bkash.operation.query import QueryPayment
from mock_bkash.operation.refresh import RefreshToken
from mock_bkash.operation.refund import RefundPayment, RefundStatus
from mock_bkash.operation.refund_terms import REFUND_V1, REFUND_V2, RefundTerms
from mock_bkash.operation.search import SearchTransaction
from mock_bkash.operation.settlement import SettleAuthorization
from mock_bkash.operation.work import Answer, Inbound, Operation, Work

__all__ = [
    "REFUND_V1",
    "REFUND_V2",
    "Answer",
    "CancelAgreement",
    "CreatePayment",
    "Created",
    "ExecutePayment",
    "Found",
    "GrantToken",
    "Guarded",
    "Inbound",
    "LoginWire",
    "Operation",
    "PaymentOperation",
    "QueryAgreement",
    "QueryPayment",
    "RefreshToken",
    "RefundHistory",
    "RefundPayment",
    "RefundStatus",
    "RefundTerms",
    "Refunded",
    "SearchTransaction",
    "SettleAuthorization",
    "Sight",
    "TokenIssuer",
    "TokenPair",
    "Wire",
    "Work",
    "judge_approval",
]
