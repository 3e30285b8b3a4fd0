"""The async bKash client: transports, tokens, gateway calls, and what their errors mean.

A Python shop could use it as it is. It knows nothing of courses, pages, variants or benchmarks: it
imports the ground floor only (time, errors, money, traces, stages).

    client = build_client(base_url=…, credentials=Credentials(…), options=ClientOptions(…))
    created = await client.create(Order(terms=terms, callback_url=…))
    …the shopper approves at created.bkash_url and comes back…
    match await client.execute(created.payment_id, terms=terms):
        case Completed(trx_id=receipt): …
        case Declined(status_message=words): …
        case StillUnknown(): …      # keep it pending: never "failed", never executed again
"""

from harness.client.builder import ClientOptions, build_client
from harness.client.channel import CountsConnections, GatewayCounts
from harness.client.credentials import Credentials
from harness.client.epoch import anchor_epoch, epoch_ns
from harness.client.exchange import PROGRESS, Progress
from harness.client.gateway import Gateway
from harness.client.payment import (
    Completed,
    CreatedPayment,
    Declined,
    ExecuteResult,
    Order,
    PaymentStatus,
    StillUnknown,
    Terms,
    Transaction,
    TransactionStatus,
)
from harness.client.payment_client import PaymentClient
from harness.client.refresher import BackgroundRefresher
from harness.client.retry import NO_RETRIES, RetryBudget, RetryPolicy
from harness.client.timeouts import DOCUMENTED_TIMEOUTS, TIGHT_TIMEOUTS, Deadline, Timeouts
from harness.client.tokens import (
    BACKGROUND_RENEW_AT,
    EARLY_RENEW_AT,
    CachedTokens,
    FreshGrant,
    Freshness,
    StoredTokens,
    Token,
    TokenCounts,
    TokenOrigin,
    TokenSource,
    TokenStore,
    WarmReport,
    Warmth,
)
from harness.client.transports import PlainTransport, PooledTransport
from harness.client.tuning import AS_IN_THE_GUIDE, Tuning

__all__ = [
    "AS_IN_THE_GUIDE",
    "BACKGROUND_RENEW_AT",
    "DOCUMENTED_TIMEOUTS",
    "EARLY_RENEW_AT",
    "NO_RETRIES",
    "PROGRESS",
    "TIGHT_TIMEOUTS",
    "BackgroundRefresher",
    "CachedTokens",
    "ClientOptions",
    "Completed",
    "CountsConnections",
    "CreatedPayment",
    "Credentials",
    "Deadline",
    "Declined",
    "ExecuteResult",
    "FreshGrant",
    "Freshness",
    "Gateway",
    "GatewayCounts",
    "Order",
    "PaymentClient",
    "PaymentStatus",
    "PlainTransport",
    "PooledTransport",
    "Progress",
    "RetryBudget",
    "RetryPolicy",
    "StillUnknown",
    "StoredTokens",
    "Terms",
    "Timeouts",
    "Token",
    "TokenCounts",
    "TokenOrigin",
    "TokenSource",
    "TokenStore",
    "Transaction",
    "TransactionStatus",
    "Tuning",
    "WarmReport",
    "Warmth",
    "anchor_epoch",
    "build_client",
    "epoch_ns",
]
