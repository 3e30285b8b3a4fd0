"""Token refresh: a refresh_token in, a fresh id_token out, the refresh_token unchanged."""

from functools import partial

from mock_bkash.operation.grant import TokenIssuer
from mock_bkash.operation.login import Login, read_login, refuse_other
from mock_bkash.operation.work import Answer, Inbound, Work, refusal, refuse_at_once
from mock_bkash.tenant import Tenant, Tenants

__all__ = ["RefreshToken"]


class RefreshToken:
    """Serve token refresh."""

    name = "token_refresh"

    def __init__(self, *, tenants: Tenants, issuer: TokenIssuer) -> None:
        self._tenants = tenants
        self._issuer = issuer

    def admit(self, inbound: Inbound) -> Work:
        """Check the credentials' form; whether they are right shows when the work is done."""
        login = read_login(inbound)
        if isinstance(login, Answer):
            return refuse_at_once(login, None)
        tenant = self._tenants.find(login.app_key)
        if tenant is None:
            return refuse_at_once(refusal("2001"), None)
        return Work(tenant, "", partial(self._refresh, tenant, login))

    def _refresh(self, tenant: Tenant, login: Login) -> Answer:
        refused = refuse_other(tenant, login)
        if refused is not None:
            return refused
        refresh_token = login.body.refresh_token
        if refresh_token is None:
            return refusal("2065")
        if not tenant.refresh_tokens.holds(refresh_token.encode()):
            return refusal("2079")
        return self._issuer.issue(tenant, refresh_token=refresh_token)
