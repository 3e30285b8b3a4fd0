"""`--target NAME=URL[,FILE]`: a backend that runs already, and whether it may be spoken to.

A load test of somebody else's machine is an attack. So a target must be on this machine, unless
its host is named once more, with `--allow-remote`.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from harness.errors import ConfigurationError
from harness.load import Boundary

__all__ = ["RunningTarget", "check_base_url", "parse_target", "require_local"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class RunningTarget:
    """Name a running backend.

    Attributes:
        name: of the variant that it becomes.
        url: base URL without a slash at its end.
        file: target that says how it is spoken to, a shipped one's name or a TOML file; None: like
            our own merchant.
    """

    name: str
    url: str
    file: str | None


def parse_target(text: str) -> RunningTarget:
    """Read `NAME=URL[,FILE]`.

    Raises:
        ConfigurationError: a part is missing or malformed.
    """
    name, equals, rest = text.partition("=")
    url, _, file = rest.partition(",")
    if not equals or _NAME.fullmatch(name) is None:
        raise ConfigurationError(
            f"--target {text!r} does not begin with a name; write NAME=URL or NAME=URL,FILE"
        )
    check_base_url(url, option=f"--target {name}")
    return RunningTarget(name, url.rstrip("/"), file or None)


def require_local(target: RunningTarget, *, allowed_hosts: tuple[str, ...]) -> None:
    """Refuse a target that is not on this machine and was not allowed by name.

    Raises:
        ConfigurationError: it is remote.
    """
    objection = Boundary(frozenset(allowed_hosts)).objection(target.url)
    if objection is not None:
        raise ConfigurationError(f"target {target.name}: {objection}")


def check_base_url(url: str, *, option: str) -> None:
    """Refuse what is no base URL of a shop.

    Raises:
        ConfigurationError: it is not one; the message begins with `option`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigurationError(f"{option}: {url!r} is not a URL: {error}") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ConfigurationError(f"{option}: {url!r} is not a URL such as http://127.0.0.1:3000")
    if parts.query or parts.fragment or parts.username is not None:
        raise ConfigurationError(
            f"{option}: {url!r} has more than a base URL needs; leave out user, ? and #"
        )
