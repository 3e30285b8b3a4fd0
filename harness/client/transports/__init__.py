"""Ways to reach a gateway, all of them httpx transports.

The client takes any `httpx.AsyncBaseTransport`: a mock, an ASGI application, or one of these.
"""

from harness.client.transports.plain import PlainTransport
from harness.client.transports.pooled import PooledTransport

__all__ = ["PlainTransport", "PooledTransport"]
