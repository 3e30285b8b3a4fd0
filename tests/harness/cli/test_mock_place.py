"""Laws of where the mock stands."""

import socket

import pytest

from harness.cli.mock_place import require_free_port
from harness.errors import ConfigurationError


@pytest.mark.real_time
def test_taken_port_is_refused(reserve_port):
    """A port that somebody listens on is named, with the option that names another."""
    port = reserve_port()
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(ConfigurationError, match=f"port {port} .* --mock-port"),
    ):
        require_free_port(port)
    require_free_port(port)
    require_free_port(0)
