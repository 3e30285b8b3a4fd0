"""Everything one mock gateway consists of, wired once at start."""

import secrets
from collections.abc import Mapping

from mock_bkash.config import MockConfig
from mock_bkash.gateway import Gateway
from mock_bkash.identifier import Identifiers
from mock_bkash.injection import Injector
from mock_bkash.latency import LatencyModel
from mock_bkash.operation import (
    CreatePayment,
    ExecutePayment,
    GrantToken,
    Guarded,
    Operation,
    QueryPayment,
    RefreshToken,
    SearchTransaction,
    TokenIssuer,
)
from mock_bkash.tenant import Tenants
from mock_bkash.token import TokenMint
from mock_bkash.wire.tokenized import PATHS, read_create, read_payment, read_search

__all__ = ["World"]


class World:
    """Hold the parts that the gateway, the customer page and the admin API share.

    Attributes:
        config: as chosen.
        tenants: state per app key.
        identifiers: where ids come from.
        injector: lets faults happen.
        gateway: serves the calls of merchants.
    """

    def __init__(self, config: MockConfig) -> None:
        self.config = config
        self.tenants = Tenants(config)
        self.identifiers = Identifiers(config.id_secret or secrets.token_bytes(32))
        operations = _operations(config, self.tenants, self.identifiers)
        self.injector = Injector(by_header=config.admin)
        self.gateway = Gateway(
            operations={path: operations[name] for path, name in PATHS.items()},
            latency=LatencyModel(config.profile, config.seed),
            time_scale=config.time_scale,
            journal_calls=config.journal_calls,
            injector=self.injector,
        )


def _operations(
    config: MockConfig, tenants: Tenants, identifiers: Identifiers
) -> Mapping[str, Operation]:
    issuer = TokenIssuer(mint=TokenMint(identifiers), lifetime_s=config.token_lifetime_s)
    create = CreatePayment(
        identifiers=identifiers, approve=config.approve, public_url=config.public_url
    )
    execute = ExecutePayment(identifiers=identifiers)
    operations: list[Operation] = [
        GrantToken(tenants=tenants, issuer=issuer),
        RefreshToken(tenants=tenants, issuer=issuer),
        Guarded(tenants=tenants, read=read_create, operation=create),
        Guarded(tenants=tenants, read=read_payment, operation=execute),
        Guarded(tenants=tenants, read=read_payment, operation=QueryPayment()),
        Guarded(tenants=tenants, read=read_search, operation=SearchTransaction()),
    ]
    return {operation.name: operation for operation in operations}
