"""Token refresh: a refresh_token in, a fresh id_token out, the refresh_token unchanged."""

from functools import partial

from mock_bkash.magic import Step
from mock_bkash.operation.issuer import TokenIssuer
from mock_bkash.operation.login import Login, LoginWire, read_login, refuse_login
from mock_bkash.operation.work import TOO_MANY, Answer, Inbound, Work, refuse_at_once
from mock_bkash.tenant import Tenant, Tenants
from mock_bkash.wire import SUCCESSFUL

__all__ = ["RefreshToken"]


class RefreshToken:
    """Serve token refresh."""

    name = "token_refresh"

    def __init__(self, *, tenants: Tenants, issuer: TokenIssuer, wire: LoginWire) -> None:
        self._tenants = tenants
        self._issuer = issuer
        self._wire = wire

    def admit(self, inbound: Inbound) -> Work:
        """Check the credentials' form; whether they are right shows when the work is done."""
        login = read_login(inbound, self._wire)
        if isinstance(login, Answer):
            return refuse_at_once(login, None)
        tenant = self._tenants.find(login.app_key)
        if tenant is None:
            return refuse_at_once(self._wire.refusal("2001"), None)
        return Work(tenant, "", partial(self._refresh, tenant, login))

    def _refresh(self, tenant: Tenant, login: Login) -> Answer:
        refused = refuse_login(tenant, login, wire=self._wire, step=Step.REFRESH)
        if refused is not None:
            return refused
        refresh_token = login.body.refresh_token
        if refresh_token is None:
            return self._wire.refusal("2065")
        if not tenant.refresh_tokens.holds(refresh_token.encode()):
            return self._wire.refusal("2079")
        issued = self._issuer.issue(tenant, refresh_token=refresh_token)
        return TOO_MANY if issued is None else Answer(200, self._wire.write(issued), SUCCESSFUL)
