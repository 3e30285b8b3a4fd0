"""Everything one mock gateway consists of, wired once at start."""

import secrets

from mock_bkash.config import MockConfig
from mock_bkash.dialect import Parts, refund_v2_routes, tokenized_routes
from mock_bkash.doorman import Doorman
from mock_bkash.durable import StateFile, revive
from mock_bkash.gateway import Gateway
from mock_bkash.identifier import Identifiers
from mock_bkash.injection import Injector
from mock_bkash.latency import LatencyModel
from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant, Tenants

__all__ = ["World"]


class World:
    """Hold the parts that the gateway, the customer page and the admin API share.

    Attributes:
        config: as chosen.
        tenants: state per app key.
        identifiers: where ids come from.
        state: what outlives the process, or None.
        injector: lets faults happen.
        doorman: lets plans refuse connections.
        gateway: serves the calls of merchants.
    """

    def __init__(self, config: MockConfig) -> None:
        self.config = config
        self.tenants = Tenants(config)
        self.state = (
            None
            if config.state_path is None
            else StateFile(config.state_path, secret=config.id_secret)
        )
        self.identifiers = _identifiers(config, self.state)
        self._asleep = self.state is not None
        parts = Parts(config, self.tenants, self.identifiers)
        self.injector = Injector(by_header=config.admin, admin_token=config.admin_token)
        self.doorman = Doorman(plans=config.faults, time_scale=config.time_scale)
        self.gateway = Gateway(
            operations={**tokenized_routes(parts), **refund_v2_routes(parts)},
            latency=LatencyModel(config.profile, config.seed),
            time_scale=config.time_scale,
            journal_calls=config.journal_calls,
            injector=self.injector,
            keep=None if self.state is None else self.state.write,
        )

    @property
    def is_asleep(self) -> bool:
        """Tell whether there are merchants to be brought back to life."""
        return self._asleep

    def wake(self) -> None:
        """Bring back what the state file holds; needs the loop that the world is to live on.

        Raises:
            StateError: it cannot be read.
        """
        assert self.state is not None, "only what was written down can be brought back"
        self._asleep = False
        revive(self.state, self.tenants, self.config)

    def keep(self, tenant: Tenant, payment: Payment) -> None:
        """Write down a payment that was changed by no call of a merchant's.

        Raises:
            StateError: the disk is full, or worse.
        """
        if self.state is not None:
            self.state.write(tenant, payment)


def _identifiers(config: MockConfig, state: StateFile | None) -> Identifiers:
    if state is None:
        return Identifiers(config.id_secret or secrets.token_bytes(32))
    return Identifiers(state.secret, life=state.starts)
