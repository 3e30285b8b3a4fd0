"""The endpoints: wire in, one call, wire out. No decision about money is taken here."""

from harness.merchant.endpoint.operation import OperationEndpoints
from harness.merchant.endpoint.page import PageEndpoints
from harness.merchant.endpoint.payment import PaymentEndpoints
from harness.merchant.endpoint.token import TokenEndpoints

__all__ = ["OperationEndpoints", "PageEndpoints", "PaymentEndpoints", "TokenEndpoints"]
