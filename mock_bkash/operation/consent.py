"""Agreement status and cancel: what a merchant asks about a shopper's standing consent."""

from functools import partial

from mock_bkash.agreement import Agreement, AgreementState
from mock_bkash.magic import Step, magic_code
from mock_bkash.operation.asked import AgreementRequest
from mock_bkash.operation.outcome import Done, Outcome, Refusal, Task
from mock_bkash.operation.work import Inbound
from mock_bkash.payment import AGREEMENT
from mock_bkash.tenant import Tenant

__all__ = ["CancelAgreement", "QueryAgreement", "find_agreement"]


class QueryAgreement:
    """Serve agreement status."""

    name = "query_agreement"

    def prepare(self, tenant: Tenant, body: AgreementRequest, inbound: Inbound) -> Task[Agreement]:
        """Return the question to be answered."""
        if body.agreement_id is None:
            return Task("", partial(Refusal, "2065"))
        return Task(body.agreement_id, partial(_show, tenant, body.agreement_id))


class CancelAgreement:
    """Serve agreement cancel."""

    name = "cancel_agreement"

    def prepare(self, tenant: Tenant, body: AgreementRequest, inbound: Inbound) -> Task[Agreement]:
        """Return the cancelling to be done."""
        if body.agreement_id is None:
            return Task("", partial(Refusal, "2065"))
        return Task(body.agreement_id, partial(_cancel, tenant, body.agreement_id))


def find_agreement(tenant: Tenant, agreement_id: str) -> Agreement | str:
    """Return an agreement, active or cancelled, or the code that says why there is none."""
    agreement = tenant.agreements.find(agreement_id)
    if agreement is not None:
        return agreement
    # The id of the payment that asks for an agreement stands for one that is incomplete.
    asking = tenant.payments.get(agreement_id)
    incomplete = asking is not None and asking.mode == AGREEMENT and asking.waits
    return "2052" if incomplete else "2051"


def _show(tenant: Tenant, agreement_id: str) -> Outcome[Agreement]:
    agreement = find_agreement(tenant, agreement_id)
    if isinstance(agreement, str):
        return Refusal(agreement)
    payment = tenant.payments.get(agreement.payment_id)
    code = magic_code(Step.AGREEMENT_STATUS, agreement.payer_reference)
    return Done(agreement, payment) if code is None else Refusal(code, payment)


def _cancel(tenant: Tenant, agreement_id: str) -> Outcome[Agreement]:
    agreement = find_agreement(tenant, agreement_id)
    if isinstance(agreement, str):
        return Refusal(agreement)
    payment = tenant.payments.get(agreement.payment_id)
    cancelled = "2053" if agreement.state is AgreementState.CANCELLED else None
    code = cancelled or magic_code(Step.AGREEMENT_CANCEL, agreement.payer_reference)
    if code is not None:
        return Refusal(code, payment)
    tenant.agreements.cancel(agreement, now_ms=tenant.clock.epoch_ms())
    return Done(agreement, payment)
