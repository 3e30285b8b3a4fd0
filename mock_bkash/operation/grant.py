"""Token grant: credentials in, a fresh id_token and refresh_token out."""

import math
from functools import partial

from mock_bkash.operation.login import Login, read_login, refuse_other
from mock_bkash.operation.work import Answer, Inbound, Work, refusal, refuse_at_once
from mock_bkash.tenant import Tenant, Tenants, TooManyTenants
from mock_bkash.token import REFRESH_TOKEN_LIFETIME_S, TokenMint
from mock_bkash.wire import SUCCESSFUL
from mock_bkash.wire.tokenized import write_granted

__all__ = ["GrantToken", "TokenIssuer"]


class TokenIssuer:
    """Issue id_tokens of one lifetime, in modelled seconds."""

    def __init__(self, *, mint: TokenMint, lifetime_s: float) -> None:
        self._mint = mint
        self._lifetime_s = lifetime_s

    def issue(self, tenant: Tenant, *, refresh_token: str | None = None) -> Answer:
        """Answer with a fresh id_token, and with the refresh_token that was used or a fresh one."""
        lifetime_s = self._lifetime_s
        id_token = self._mint.id_token(
            app_key=tenant.app_key,
            username=tenant.credentials.username,
            issued_s=tenant.clock.epoch_ms() // 1000,
            lifetime_s=math.ceil(lifetime_s),
        )
        tenant.id_tokens.add(id_token, lifetime_s=lifetime_s)
        if refresh_token is None:
            refresh_token = self._mint.refresh_token()
            tenant.refresh_tokens.add(refresh_token, lifetime_s=REFRESH_TOKEN_LIFETIME_S)
        body = write_granted(
            expires_in_s=lifetime_s, id_token=id_token, refresh_token=refresh_token
        )
        return Answer(200, body, SUCCESSFUL)


class GrantToken:
    """Serve token grant; the first grant for an app key makes it known."""

    name = "token_grant"

    def __init__(self, *, tenants: Tenants, issuer: TokenIssuer) -> None:
        self._tenants = tenants
        self._issuer = issuer

    def admit(self, inbound: Inbound) -> Work:
        """Check the credentials' form; whether they are right shows when the work is done."""
        login = read_login(inbound)
        if isinstance(login, Answer):
            return refuse_at_once(login, None)
        try:
            tenant = self._tenants.open(login.app_key, login.credentials)
        except TooManyTenants:
            return refuse_at_once(refusal("2001"), None)
        return Work(tenant, "", partial(self._grant, tenant, login))

    def _grant(self, tenant: Tenant, login: Login) -> Answer:
        return refuse_other(tenant, login) or self._issuer.issue(tenant)
