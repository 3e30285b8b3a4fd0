"""The ledger audit: gateway against merchant against shopper, after things have come to rest.

Pure: views and captures in, a verdict out. It knows no HTTP, no clock and no tenant.
"""

from mock_bkash.audit.books import Truth
from mock_bkash.audit.finding import Finding, Violation
from mock_bkash.audit.invariant import INVARIANTS
from mock_bkash.audit.verdict import Examination, Verdict, audit
from mock_bkash.audit.view import (
    ENDED_AGREEMENTS,
    FINAL_STATES,
    AgreementView,
    AuditRequest,
    MerchantPayment,
    PayerView,
    read_audit_request,
)

__all__ = [
    "ENDED_AGREEMENTS",
    "FINAL_STATES",
    "INVARIANTS",
    "AgreementView",
    "AuditRequest",
    "Examination",
    "Finding",
    "MerchantPayment",
    "PayerView",
    "Truth",
    "Verdict",
    "Violation",
    "audit",
    "read_audit_request",
]
