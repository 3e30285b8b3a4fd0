"""Families of stages: each has one colour in every figure and one word in every key."""

from enum import StrEnum

from harness.stages import Stage

__all__ = ["JOURNEY", "Family", "family_of", "in_journey_order", "labels_of"]


class Family(StrEnum):
    """Name a family of stages."""

    GATEWAY = "gateway"
    TOKEN = "token"
    DATABASE = "database"
    OWN = "own"

    @property
    def words(self) -> str:
        """Return what the key says."""
        return {
            "gateway": "bKash: create, execute, query",
            "token": "bKash: tokens",
            "database": "database",
            "own": "our own time and whatever no stage explains",
        }[self.value]


JOURNEY: dict[str, tuple[Family, tuple[str, ...]]] = {
    Stage.VALIDATE_USER: (Family.DATABASE, ("validate user", "user", "val")),
    Stage.VALIDATE_COURSE: (Family.DATABASE, ("validate course", "course", "val")),
    Stage.CHECK_ENROLLED: (Family.DATABASE, ("check enrolled", "enrolled", "val")),
    Stage.INSERT_PAYMENT: (Family.DATABASE, ("insert", "ins")),
    Stage.TOKEN_LOOKUP: (Family.DATABASE, ("lookup", "lk")),
    Stage.TOKEN_GRANT: (Family.TOKEN, ("grant token", "grant")),
    Stage.TOKEN_REFRESH: (Family.TOKEN, ("refresh token", "refresh")),
    Stage.CREATE_PAYMENT: (Family.GATEWAY, ("create payment", "create")),
    Stage.ATTACH_PAYMENT: (Family.DATABASE, ("attach", "att")),
    Stage.LOAD_PAYMENT: (Family.DATABASE, ("load",)),
    Stage.EXECUTE_PAYMENT: (Family.GATEWAY, ("execute payment", "execute", "exec")),
    Stage.QUERY_PAYMENT: (Family.GATEWAY, ("query payment", "query")),
    Stage.UPDATE_PAYMENT: (Family.DATABASE, ("update", "upd")),
}
"""The stages in the order of a payment, with family and labels for a bar, the longest first."""


def family_of(stage: str) -> Family:
    """Return the family of a stage; a backend's own stages count as its own time."""
    known = JOURNEY.get(stage)
    return Family.OWN if known is None else known[0]


def labels_of(stage: str) -> tuple[str, ...]:
    """Return labels of a stage, the longest first; the bar takes the first that fits."""
    known = JOURNEY.get(stage)
    return (stage,) if known is None else known[1]


def in_journey_order(stages: tuple[str, ...]) -> list[str]:
    """Return stages in the order of a payment; unknown ones last, by name."""
    order = {name: place for place, name in enumerate(JOURNEY)}
    return sorted(stages, key=lambda name: (order.get(name, len(order)), name))
