"""Faults as data: what goes wrong, with which calls, when, and by what chance.

The room decides and counts. It does not know how a fault is carried out on a connection
(`mock_bkash.injection`), nor what a payment is beyond the names that rules select by.
"""

from mock_bkash.fault.board import FaultBoard
from mock_bkash.fault.desk import FaultDesk
from mock_bkash.fault.fault import Fault
from mock_bkash.fault.kind import CALLBACK, FAULTABLE, Kind, Moment
from mock_bkash.fault.plan import FaultError, FaultPlan
from mock_bkash.fault.reading import read_faults, read_plan
from mock_bkash.fault.rule import Match, Rule
from mock_bkash.fault.shutting import Shutting
from mock_bkash.fault.source import load_plan, named_plan, plan_names, plan_summary
from mock_bkash.fault.subject import Subject
from mock_bkash.fault.wallet import FAULT_WALLETS, wallet_plan

__all__ = [
    "CALLBACK",
    "FAULTABLE",
    "FAULT_WALLETS",
    "Fault",
    "FaultBoard",
    "FaultDesk",
    "FaultError",
    "FaultPlan",
    "Kind",
    "Match",
    "Moment",
    "Rule",
    "Shutting",
    "Subject",
    "load_plan",
    "named_plan",
    "plan_names",
    "plan_summary",
    "read_faults",
    "read_plan",
    "wallet_plan",
]
