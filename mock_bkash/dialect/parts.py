"""What every dialect's operations are made from."""

from dataclasses import dataclass
from typing import TypeVar

from mock_bkash.choice import Quirk
from mock_bkash.config import MockConfig
from mock_bkash.identifier import Identifiers
from mock_bkash.operation import Guarded, PaymentOperation, Wire
from mock_bkash.tenant import Tenants

__all__ = ["Parts"]

Body = TypeVar("Body")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold the parts.

    Attributes:
        config: as chosen.
        tenants: state per app key.
        identifiers: where ids come from.
    """

    config: MockConfig
    tenants: Tenants
    identifiers: Identifiers

    def has(self, quirk: Quirk) -> bool:
        """Tell whether a quirk was chosen."""
        return quirk in self.config.quirks

    def guarded(
        self, operation: PaymentOperation[Body, Result], wire: Wire[Body, Result]
    ) -> Guarded[Body, Result]:
        """Return an operation behind the guard that asks for a token."""
        return Guarded(
            tenants=self.tenants,
            wire=wire,
            operation=operation,
            bare_only=self.has(Quirk.BARE_AUTHORIZATION),
        )
