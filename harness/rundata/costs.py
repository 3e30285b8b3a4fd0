"""What a variant cost: counters of the mock and the merchant, memory and processor time."""

from dataclasses import dataclass

__all__ = ["Costs"]


@dataclass(frozen=True, slots=True)
class Costs:
    """Count what one variant used between its first and last arrival, warm-up included.

    None where nobody could count it (a backend of the user's own shows no queries).

    Attributes:
        gateway_calls: calls that reached the gateway by operation (`create_payment`, …), counted
            by the mock.
        payments_started: create calls that the gateway accepted.
        new_connections: connections that the merchant opened to the gateway, counted by the mock.
        queries: statements that the merchant sent to its database.
        token_hits: how often a token was ready in memory or in the database.
        token_misses: how often a payment had to wait for a token.
        memory_bytes: largest resident set of the merchant's process.
        cpu_s: processor time of the merchant's process, wall seconds.
        horizon_s: modelled seconds that the counters cover.
    """

    gateway_calls: dict[str, int]
    payments_started: int
    new_connections: int | None
    queries: int | None
    token_hits: int | None
    token_misses: int | None
    memory_bytes: int | None
    cpu_s: float | None
    horizon_s: float
