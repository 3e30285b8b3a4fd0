"""What an operator asks: is it alive, and where do the seconds go."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from harness.client import PaymentClient
from harness.merchant.answer import answer_json
from harness.merchant.performance import Performance
from harness.merchant.store import Store
from harness.merchant.variant import Variant

__all__ = ["OperationEndpoints"]


class OperationEndpoints:
    """Serve health and performance."""

    def __init__(
        self, *, variant: Variant, store: Store, client: PaymentClient, performance: Performance
    ) -> None:
        self._variant = variant
        self._store = store
        self._client = client
        self._performance = performance

    async def health(self, request: Request) -> Response:
        """Answer if the process does."""
        del request
        return answer_json(200, "ok", data={"variant": self._variant.name})

    async def performance(self, request: Request) -> Response:
        """Return quantiles per stage, token and gateway counters, bottleneck and funnel.

        The figures stand at the top of the answer, not under `data`: it is read by scripts.
        """
        del request
        return answer_json(200, "Successful", more=self._figures())

    def _figures(self) -> dict[str, Any]:
        tokens = self._client.tokens.counts()
        gateway = self._client.gateway.counts()
        return {
            "variant": self._variant.name,
            "optimizations": self._variant.flags,
            "queries": self._store.queries,
            "token": {
                "hits": tokens.hits,
                "misses": tokens.misses,
                "grants": tokens.grants,
                "refreshes": tokens.refreshes,
            },
            "gateway": {
                "calls": gateway.total,
                "calls_by_operation": gateway.calls,
                "connections_opened": gateway.connections_opened,
            },
            **self._performance.to_dict(),
        }
