"""What a field of ours is called on the wire of Tokenized Checkout."""

from collections.abc import Mapping
from typing import Final

__all__ = ["NAMES"]

NAMES: Final[Mapping[str, str]] = {
    "status_code": "statusCode",
    "status_message": "statusMessage",
    "payment_id": "paymentID",
    "page_url": "bkashURL",
    "callback_url": "callbackURL",
    "success_url": "successCallbackURL",
    "failure_url": "failureCallbackURL",
    "cancelled_url": "cancelledCallbackURL",
    "payer_reference": "payerReference",
    "invoice": "merchantInvoiceNumber",
    # Query alone shortens it.
    "queried_invoice": "merchantInvoice",
    "created_at": "paymentCreateTime",
    "executed_at": "paymentExecuteTime",
    "transaction_status": "transactionStatus",
    "verification_status": "verificationStatus",
    "wallet": "customerMsisdn",
    "payer_account": "payerAccount",
    "payer_type": "payerType",
    "trx_id": "trxID",
    "initiated_at": "initiationTime",
    "completed_at": "completedTime",
    "transaction_type": "transactionType",
    "short_code": "organizationShortCode",
    "service_fee": "serviceFee",
    "credited_amount": "creditedAmount",
    "refundable_amount": "maxRefundableAmount",
    "association_info": "merchantAssociationInfo",
    "agreement_id": "agreementID",
    "agreement_status": "agreementStatus",
    "agreement_created_at": "agreementCreateTime",
    "agreement_executed_at": "agreementExecuteTime",
    "agreement_cancelled_at": "agreementVoidTime",
    "original_trx_id": "originalTrxID",
    "refund_trx_id": "refundTrxID",
    "original_amount": "originalTrxAmount",
    # Capture and void alone call the two times so.
    "begun_at": "createTime",
    "updated_at": "updateTime",
    "error_code": "errorCode",
    "error_message": "errorMessage",
}
"""Wire name by field name; a field that is not listed is spelt alike."""
