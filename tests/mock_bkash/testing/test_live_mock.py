"""A mock on a socket, in a test's hands."""

import httpx
import pytest

from mock_bkash.testing import Credentials, LiveMock, LiveServer

pytestmark = pytest.mark.real_time


def test_tests_share_a_server_and_see_nothing_of_each_other():
    """Each has an app key of its own, unless it brings one."""
    with LiveServer(["--profile", "fast"]) as server:
        one, other = LiveMock(server), LiveMock(server, Credentials("mine"))
        for mock in (one, other):
            known = mock.credentials
            granted = httpx.post(
                f"{mock.base_url}/tokenized/checkout/token/grant",
                json={"app_key": known.app_key, "app_secret": known.app_secret},
                headers={"username": known.username, "password": known.password},
            )
            assert granted.json()["statusCode"] == "0000"
        one.reset()
        assert one.counters()["calls"] == {}
        assert other.counters()["calls"] == {"token_grant": 1}
