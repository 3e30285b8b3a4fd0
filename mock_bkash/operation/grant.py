"""Token grant: credentials in, a fresh id_token and refresh_token out."""

from functools import partial

from mock_bkash.magic import Step
from mock_bkash.operation.issuer import TokenIssuer
from mock_bkash.operation.login import Login, LoginWire, read_login, refuse_login
from mock_bkash.operation.work import TOO_MANY, Answer, Inbound, Work, refuse_at_once
from mock_bkash.tenant import Tenant, Tenants, TooManyTenants
from mock_bkash.wire import SUCCESSFUL

__all__ = ["GrantToken"]


class GrantToken:
    """Serve token grant; the first grant for an app key makes it known."""

    name = "token_grant"

    def __init__(self, *, tenants: Tenants, issuer: TokenIssuer, wire: LoginWire) -> None:
        self._tenants = tenants
        self._issuer = issuer
        self._wire = wire

    def admit(self, inbound: Inbound) -> Work:
        """Check the credentials' form; whether they are right shows when the work is done."""
        login = read_login(inbound, self._wire)
        if isinstance(login, Answer):
            return refuse_at_once(login, None)
        try:
            tenant = self._tenants.open(login.app_key, login.credentials)
        except TooManyTenants:
            return refuse_at_once(self._wire.refusal("2001"), None)
        return Work(tenant, "", partial(self._grant, tenant, login))

    def _grant(self, tenant: Tenant, login: Login) -> Answer:
        refused = refuse_login(tenant, login, wire=self._wire, step=Step.GRANT)
        if refused is not None:
            return refused
        issued = self._issuer.issue(tenant)
        return TOO_MANY if issued is None else Answer(200, self._wire.write(issued), SUCCESSFUL)
