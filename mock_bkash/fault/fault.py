"""One fault, as data: what is to go wrong, and with which figures."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from mock_bkash.fault.kind import SPECS, Kind, Moment

__all__ = [
    "DEFAULT_BOMB_BYTES",
    "DEFAULT_HANG_S",
    "DEFAULT_HUGE_BYTES",
    "MAX_SIZE_BYTES",
    "AlteredValue",
    "Fault",
]

AlteredValue = str | int | float | bool | None

DEFAULT_HANG_S: Final = 3600.0
"""A hang ends at last, so that a forgotten connection is not kept for ever."""

DEFAULT_HUGE_BYTES: Final = 10_000_000
DEFAULT_BOMB_BYTES: Final = 100_000_000
"""About 100 kB on the line."""

MAX_SIZE_BYTES: Final = 1_000_000_000
"""What a client without limits would have to hold; enough to tell whether it has one."""


class Fault(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold a fault; which attributes mean something depends on its kind.

    Attributes:
        kind: what the client sees.
        moment: what is true when it sees it.
        seconds: how much later (delay), how long at most (hang), how long after the execute (lag);
            modelled seconds.
        status: HTTP status (status, html).
        message: in the body, in place of the gateway's own words (status).
        retry_after: for the header of that name, as it is (status).
        code: bKash's (code).
        answer: which of the two the client gets, "first" or "second" (duplicate).
        bytes_per_s: of the body, modelled (dribble).
        share: of the body that arrives, from 0 to below 1 (truncate).
        size_bytes: of the body, unpacked (huge, gzip_bomb).
        field: name on the wire; for the callback: a parameter of the address (alter).
        value: what it says; left out: the field is taken away (alter).
    """

    kind: Kind
    moment: Moment
    seconds: float = 0.0
    status: int = 0
    message: str = ""
    retry_after: str = ""
    code: str = ""
    answer: str = "second"
    bytes_per_s: float = 1.0
    share: float = 0.5
    size_bytes: int = 0
    field: str = ""
    value: AlteredValue | UnsetType = UNSET

    @property
    def label(self) -> str:
        """Return its name in journals: the kind, and the moment where there are two."""
        several = len(SPECS[self.kind].moments) > 1
        return f"{self.kind} {self.moment}" if several else str(self.kind)

    @property
    def spares(self) -> bool:
        """Tell whether the call does nothing."""
        # A late call is carried out, only later.
        return self.moment is Moment.BEFORE and self.kind is not Kind.DELAY
