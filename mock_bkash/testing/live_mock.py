"""A mock on a socket: for shops in any language, in this process or another."""

from mock_bkash.testing.credentials import Credentials
from mock_bkash.testing.live_server import LiveServer
from mock_bkash.testing.mock import MockBkash

__all__ = ["LiveMock"]


class LiveMock(MockBkash):
    """Steer a mock that runs as a process of its own; several tests may share that."""

    def __init__(self, server: LiveServer, credentials: Credentials | None = None) -> None:
        """Take the server; without credentials, some that nobody else has."""
        super().__init__(
            origin=server.origin,
            credentials=credentials or Credentials.unique(),
            ask=server.ask,
        )
