"""Everything one mock gateway consists of, wired once at start."""

import secrets

from mock_bkash.config import MockConfig
from mock_bkash.dialect import Parts, refund_v2_routes, tokenized_routes
from mock_bkash.gateway import Gateway
from mock_bkash.identifier import Identifiers
from mock_bkash.injection import Injector
from mock_bkash.latency import LatencyModel
from mock_bkash.tenant import Tenants

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
        parts = Parts(config, self.tenants, self.identifiers)
        self.injector = Injector(by_header=config.admin)
        self.gateway = Gateway(
            operations={**tokenized_routes(parts), **refund_v2_routes(parts)},
            latency=LatencyModel(config.profile, config.seed),
            time_scale=config.time_scale,
            journal_calls=config.journal_calls,
            injector=self.injector,
        )
