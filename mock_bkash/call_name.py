"""The calls that a profile gives a latency and a plan a fault to, by their one spelling.

A misspelt one would silently take no time at all, so whoever names another is refused.
"""

__all__ = ["DATABASE_OPERATIONS", "GATEWAY_OPERATIONS", "OPERATIONS"]

DATABASE_OPERATIONS = (
    "validate_user",
    "validate_course",
    "check_enrolled",
    "insert_payment",
    "token_lookup",
    "attach_payment",
    "load_payment",
    "update_payment",
)
"""Round trips to the merchant's database; delayed there, around the real statement."""

GATEWAY_OPERATIONS = (
    "token_grant",
    "token_refresh",
    "create_payment",
    "execute_payment",
    "query_payment",
    "search_transaction",
    "refund_payment",
    "refund_status",
    "capture_payment",
    "void_payment",
    "create_agreement",
    "execute_agreement",
    "query_agreement",
    "cancel_agreement",
)
"""Calls to bKash; delayed by this mock."""

OPERATIONS = DATABASE_OPERATIONS + GATEWAY_OPERATIONS
"""All of them."""
