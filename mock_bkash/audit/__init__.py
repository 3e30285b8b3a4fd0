"""The ledger audit: gateway against merchant against shopper, after things have come to rest.

Pure: views and captures in, a verdict out. It knows no HTTP, no clock and no tenant.
"""

from mock_bkash.audit.invariant import INVARIANTS, Finding, Violation
from mock_bkash.audit.verdict import Examination, Verdict, audit
from mock_bkash.audit.view import (
    FINAL_STATES,
    AuditRequest,
    MerchantPayment,
    PayerView,
    read_audit_request,
)

__all__ = [
    "FINAL_STATES",
    "INVARIANTS",
    "AuditRequest",
    "Examination",
    "Finding",
    "MerchantPayment",
    "PayerView",
    "Verdict",
    "Violation",
    "audit",
    "read_audit_request",
]
