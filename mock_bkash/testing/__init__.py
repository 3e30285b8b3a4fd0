"""For the tests of other projects: a mock that is started, steered and asked from plain Python.

The fixtures stand in `mock_bkash.pytest_plugin`; here is what they give. Nothing of it imports
pytest, and httpx and respx only where a test asks for what is made of them.
"""

from mock_bkash.testing.app_mock import AppMock
from mock_bkash.testing.credentials import Credentials
from mock_bkash.testing.live_mock import LiveMock
from mock_bkash.testing.live_server import LiveServer
from mock_bkash.testing.mock import MockBkash
from mock_bkash.testing.reply import MockError, Reply
from mock_bkash.testing.routed_mock import RoutedMock
from mock_bkash.testing.side_loop import SideLoop

__all__ = [
    "AppMock",
    "Credentials",
    "LiveMock",
    "LiveServer",
    "MockBkash",
    "MockError",
    "Reply",
    "RoutedMock",
    "SideLoop",
]
