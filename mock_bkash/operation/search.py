"""Search: a transaction by its id, be it a payment or a refund."""

from functools import partial

from mock_bkash.magic import Step, next_refusal
from mock_bkash.operation.asked import SearchRequest
from mock_bkash.operation.outcome import Done, Found, Outcome, Refusal, Task
from mock_bkash.operation.work import Inbound
from mock_bkash.tenant import Tenant

__all__ = ["SearchTransaction"]


class SearchTransaction:
    """Serve search, whatever its path is spelt like."""

    name = "search_transaction"

    def __init__(self, *, works: bool = True) -> None:
        """Take whether there is a search at all: the sandbox of 2019 answered 2003."""
        self._works = works

    def prepare(self, tenant: Tenant, body: SearchRequest, inbound: Inbound) -> Task[Found]:
        """Return the search to be done."""
        if body.trx_id is None:
            return Task("", partial(Refusal, "2065"))
        if not self._works:
            return Task(body.trx_id, partial(Refusal, "2003"))
        return Task(body.trx_id, partial(_search, tenant, body.trx_id))


def _search(tenant: Tenant, trx_id: str) -> Outcome[Found]:
    ledger = tenant.ledger
    payment_id = ledger.payment_of(trx_id)
    if payment_id is None:
        return Refusal("2033")
    payment = tenant.payments[payment_id]
    code = next_refusal(payment, Step.SEARCH)
    if code is not None:
        return Refusal(code, payment)
    refunds = ledger.refunds_of(payment_id)
    refund = next((r for r in refunds if r.refund_trx_id == trx_id), None)
    return Done(Found(payment, refund, ledger.refundable_poisha(payment_id)), payment)
