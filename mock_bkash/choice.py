"""What can be chosen about a mock gateway where bKash's own sources leave a choice."""

from enum import StrEnum

__all__ = ["CallbackForm", "Quirk", "TokenLimit"]


class TokenLimit(StrEnum):
    """Say what becomes of a merchant who asks for more than two tokens an hour."""

    ENFORCE = "enforce"
    """Blocked for an hour, as bKash says it does."""
    COUNT = "count"
    """Served, and counted: the counters say how often bKash would have refused."""
    OFF = "off"
    """Served."""


class CallbackForm(StrEnum):
    """Say what bKash adds to a callback URL beside paymentID and status."""

    SIGNED = "2026"
    """version and product before, signature behind."""
    VERSIONED = "2023"
    """apiVersion behind."""
    EXECUTE = "2020"
    """execute=Agreement or Payment between, apiVersion behind."""


class Quirk(StrEnum):
    """Name the other reading of a point on which public sources disagree; none is the default."""

    BUDGET_GRANTS_ONLY = "budget-grants-only"
    """Only grants count against two token calls an hour, not refreshes."""
    REFRESH_THIRTY_DAYS = "refresh-thirty-days"
    """A refresh_token lives for 30 days, not 28."""
    PAGE_LINK_2025 = "page-link-2025"
    """bkashURL is that of 2025: at the root of the host, its first parameter paymentId."""
    BARE_AUTHORIZATION = "bare-authorization"
    """An Authorization header with the word Bearer is refused."""
    NO_AGREEMENT_PAGE = "no-agreement-page"
    """Create in mode 0001 answers without bkashURL."""
    NO_SEARCH = "no-search"
    """Search answers 2003, as the sandbox of 2019 did."""
    OPTIONAL_PAYER_REFERENCE = "optional-payer-reference"
    """Create goes without payerReference, as it did in 2020."""
    PAYER_FIELDS = "payer-fields"
    """Execute tells payerType and payerAccount, as it has since 2025."""
    TEXT_EXPIRES_IN = "text-expires-in"
    """expires_in is a text."""
    ERROR_CODE_KEYS = "error-code-keys"
    """Create and execute refuse with errorCode and errorMessage, as their documentation says."""
    REFUND_TIME_OFFSET = "refund-time-offset"
    """The times of refund v2 carry GMT+0600."""
