"""A mock behind bKash's own addresses: whatever a shop sends there by httpx, the mock answers.

Nothing has to be configured in the shop, and nothing leaves the machine.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mock_bkash.config import MockConfig
from mock_bkash.testing.app_mock import AppMock
from mock_bkash.testing.credentials import Credentials
from mock_bkash.testing.extra import extra
from mock_bkash.testing.side_loop import SideLoop

if TYPE_CHECKING:
    import respx

__all__ = ["BKASH_HOSTS", "SANDBOX_ORIGIN", "RoutedMock"]

SANDBOX_ORIGIN: Final = "https://tokenized.sandbox.bka.sh"

PAGE_ORIGIN: Final = "https://sandbox.payment.bkash.com"

BKASH_HOSTS: Final = r"(^|\.)(bka\.sh|bkash\.com)$"
"""Hosts of bKash, sandbox and production, gateway and customer page."""


class RoutedMock(AppMock):
    """Steer a mock that answers for bKash's hosts.

    Attributes:
        router: respx's, in force for the test; further routes may be added for other hosts, and a
            request to a host that has none fails.
    """

    router: "respx.MockRouter"

    def __init__(
        self,
        config: MockConfig,
        *,
        side_loop: SideLoop,
        credentials: Credentials | None = None,
    ) -> None:
        """Make the app and its routes.

        Raises:
            MockError: httpx or respx is not installed.
        """
        with extra("httpx"), extra("respx"):
            from mock_bkash.testing.routing import BkashRouter
        super().__init__(
            replace(config, public_url=PAGE_ORIGIN),
            side_loop=side_loop,
            origin=SANDBOX_ORIGIN,
            credentials=credentials,
        )
        self.router = BkashRouter(self.transport, hosts=BKASH_HOSTS)
