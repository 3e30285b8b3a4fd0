"""Where a load generator may send requests: to this machine, and to hosts that were named for it.

A shop's answer says where bKash's page is. Were that the real bKash, following it at load would be
an attack on somebody else; so every URL is checked, not only the one on the command line.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["Boundary"]

# What nearly every URL is, where the host needs no interpretation; the rest is taken apart.
_PLAIN_ORIGIN = re.compile(r"https?://([a-z0-9.-]+)(?::[0-9]{1,5})?(?=/|\Z)")


@dataclass(frozen=True, slots=True)
class Boundary:
    """Hold the hosts that may be sent requests besides this machine.

    Attributes:
        allowed_hosts: names or addresses, in lower case, without port.
    """

    allowed_hosts: frozenset[str] = frozenset()

    def objection(self, url: str) -> str | None:
        """Return why no request may go to `url`, in a sentence; None where it may."""
        origin = _PLAIN_ORIGIN.match(url)
        if origin is not None and self._allows(origin[1]):
            return None
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return f"{url[:100]!r} is not a URL"
        if parts.scheme not in ("http", "https") or not host:
            return f"{url[:100]!r} is not an http(s) URL with a host"
        if self._allows(host):
            return None
        return f"{host} is not this machine, and nobody allowed to load it (--allow-remote {host})"

    def _allows(self, host: str) -> bool:
        return host in self.allowed_hosts or _is_loopback(host)


@lru_cache(maxsize=256)
def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
