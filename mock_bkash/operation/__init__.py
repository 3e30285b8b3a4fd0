"""What bKash does when it is called: one file per operation.

An operation checks a request on arrival (`admit`) and hands back the work to do; the gateway lets
the modelled time pass and then does it, undivided. No operation waits, sleeps or knows of HTTP.
"""

from mock_bkash.operation.create import CreatePayment
from mock_bkash.operation.execute import ExecutePayment
from mock_bkash.operation.grant import GrantToken, TokenIssuer
from mock_bkash.operation.guarded import Guarded
from mock_bkash.operation.query import QueryPayment
from mock_bkash.operation.refresh import RefreshToken
from mock_bkash.operation.search import SearchTransaction
from mock_bkash.operation.work import Answer, Inbound, Operation, Work

__all__ = [
    "Answer",
    "CreatePayment",
    "ExecutePayment",
    "GrantToken",
    "Guarded",
    "Inbound",
    "Operation",
    "QueryPayment",
    "RefreshToken",
    "SearchTransaction",
    "TokenIssuer",
    "Work",
]
