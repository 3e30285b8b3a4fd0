"""Where the mock stands: host, port and path."""

import socket
from typing import Final

from harness.errors import ConfigurationError

__all__ = ["DEFAULT_MOCK_PORT", "GATEWAY_PATH", "LOOPBACK", "require_free_port"]

LOOPBACK: Final = "127.0.0.1"

DEFAULT_MOCK_PORT: Final = 8700
"""Where backends of the user's own expect the mock unless they are told otherwise."""

GATEWAY_PATH: Final = "/v1.2.0-beta"
"""Path of the payment API below the mock's root, as at bKash."""


def require_free_port(port: int) -> None:
    """Make sure that the mock can listen there; port 0 is always free.

    Raises:
        ConfigurationError: somebody listens already, or the port is not ours to take.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise ConfigurationError(
                f"port {port} cannot be used: {error.strerror}; name another with --mock-port"
            ) from error
