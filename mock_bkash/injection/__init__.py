"""Faults carried out: on the work of a call, and on the way of its answer.

Which call meets which fault is decided by `mock_bkash.fault`, which is data. Here it happens, as
real as the server under it allows: connections are reset, closed and kept waiting.
"""

from mock_bkash.injection.delivery import deliver
from mock_bkash.injection.exchange import AnswerLost, Exchange
from mock_bkash.injection.injector import FAULT_HEADER, Injection, Injector, refuse_header
from mock_bkash.injection.way_back import WayBack

__all__ = [
    "FAULT_HEADER",
    "AnswerLost",
    "Exchange",
    "Injection",
    "Injector",
    "WayBack",
    "deliver",
    "refuse_header",
]
