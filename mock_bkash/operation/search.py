"""Search: a transaction by its id."""

from functools import partial

from mock_bkash.operation.work import Answer, Inbound, Work, refusal
from mock_bkash.tenant import Tenant
from mock_bkash.wire import SUCCESSFUL
from mock_bkash.wire.tokenized import SearchBody, write_found

__all__ = ["SearchTransaction"]


class SearchTransaction:
    """Serve search, whatever its path is spelt like."""

    name = "search_transaction"

    def prepare(self, tenant: Tenant, body: SearchBody, inbound: Inbound) -> Work:
        """Return the search to be done."""
        if body.trx_id is None:
            return Work(tenant, "", partial(refusal, "2065"))
        return Work(tenant, body.trx_id, partial(_search, tenant, body.trx_id))


def _search(tenant: Tenant, trx_id: str) -> Answer:
    capture = tenant.ledger.find(trx_id)
    if capture is None:
        return refusal("2033")
    payment = tenant.payments[capture.payment_id]
    return Answer(200, write_found(payment), SUCCESSFUL, payment)
