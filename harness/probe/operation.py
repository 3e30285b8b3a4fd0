"""bKash's calls by their names in the mock's journal, and what they are for."""

__all__ = ["CREATE", "EXECUTE", "QUERIES", "TOKEN_CALLS"]

CREATE = "create_payment"
EXECUTE = "execute_payment"
TOKEN_CALLS = ("token_grant", "token_refresh")
QUERIES = ("query_payment", "search_transaction")
