"""The boundary: where requests may go."""

import pytest

from harness.load.boundary import Boundary


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "http://localhost:3000/checkout",
        "http://LOCALHOST/",
        "https://127.9.9.9",
        "http://[::1]:80/x",
    ],
)
def test_this_machine_may_be_loaded(url: str) -> None:
    """Loopback needs no permission."""
    assert Boundary().objection(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://tokenized.pay.bka.sh/v1.2.0-beta",
        "http://192.168.1.4:8000",
        "http://localhost.example.com",
        "http://127.0.0.1.nip.io",
        "http://127.0.0.1@example.com/",
        "http://0.0.0.0:1",
        "http://2130706433/",
        "http://127.0.0.1\\@example.com/",
        "http://example.com?http://127.0.0.1/",
    ],
)
def test_other_machine_needs_permission_by_name(url: str) -> None:
    """The objection names the host and the option that would allow it."""
    objection = Boundary().objection(url)
    assert objection is not None
    assert "--allow-remote" in objection


def test_allowed_host_may_be_loaded_and_no_other() -> None:
    """Permission is per host, whatever its port."""
    boundary = Boundary(frozenset({"staging.shop.example"}))
    assert boundary.objection("https://STAGING.shop.example:8443/x") is None
    assert boundary.objection("https://shop.example/") is not None


@pytest.mark.parametrize("url", ["", "/checkout", "ftp://127.0.0.1/", "http://", "http://[::1"])
def test_what_is_no_url_is_refused(url: str) -> None:
    """Only http and https URLs with a host can be sent anything."""
    objection = Boundary().objection(url)
    assert objection is not None
    assert "URL" in objection
