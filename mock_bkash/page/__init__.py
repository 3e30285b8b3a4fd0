"""The customer page: what a shopper sees between create and the callback.

It knows the payment's state machine and the sandbox's wallets, and nothing of tokens or merchants.
"""

from mock_bkash.page.customer_page import CustomerPage
from mock_bkash.page.visit import Step, Visit

__all__ = ["CustomerPage", "Step", "Visit"]
