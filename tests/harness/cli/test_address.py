"""Laws of naming a running backend."""

import pytest

from harness.cli.address import parse_target, require_local
from harness.errors import ConfigurationError


def test_target_has_name_url_and_perhaps_a_file():
    """NAME=URL[,FILE], and the URL loses its last slash."""
    target = parse_target("shop=http://127.0.0.1:3000/,shop.toml")
    assert (target.name, target.url) == ("shop", "http://127.0.0.1:3000")
    assert target.file == "shop.toml"
    assert parse_target("shop=http://127.0.0.1:3000").file is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "shop",
        "=http://127.0.0.1",
        "my shop=http://127.0.0.1",
        "shop=127.0.0.1:3000",
        "shop=ftp://127.0.0.1",
        "shop=http://",
        "shop=http://127.0.0.1:99999",
        "shop=http://127.0.0.1:0",
        "shop=http://user@127.0.0.1",
        "shop=http://127.0.0.1/?a=b",
        "shop=http://[::1",
    ],
)
def test_malformed_targets_are_refused(text):
    """Each part is checked before anything is started."""
    with pytest.raises(ConfigurationError, match="--target"):
        parse_target(text)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "[::1]"])
def test_this_machine_may_be_loaded(host):
    """Loopback needs no leave."""
    target = parse_target(f"shop=http://{host}:3000")
    require_local(target, allowed_hosts=())
    assert target.url == f"http://{host}:3000"


@pytest.mark.parametrize("host", ["10.0.0.1", "shop.example", "localhost.shop.example", "0.0.0.0"])
def test_other_machines_need_leave_by_name(host):
    """A load test of another machine is refused unless its host is named once more."""
    target = parse_target(f"shop=http://{host}:3000")
    with pytest.raises(ConfigurationError, match=f"--allow-remote {host}"):
        require_local(target, allowed_hosts=("other.example",))
    require_local(target, allowed_hosts=(host,))
