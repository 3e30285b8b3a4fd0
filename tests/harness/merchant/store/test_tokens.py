"""Laws of the token table: one token per app key, kept for the next process."""

from pathlib import Path
from typing import Any

from harness.client import Token, epoch_ns
from harness.merchant.store import Database, Distance, TokenTable, no_delay
from harness.simulation import run_virtual
from harness.stages import Span


def with_table(path: Path, story: Any, *, delay: Any = no_delay, app_key: str = "k") -> Any:
    async def main() -> Any:
        database = Database(path)
        try:
            return await story(
                TokenTable(database, Distance(delay, time_scale=1.0), app_key=app_key)
            )
        finally:
            database.close()

    return run_virtual(main())


def token(name: str, issued_at_ns: int = 0) -> Token:
    return Token(
        id_token=name, refresh_token=f"r-{name}", issued_at_ns=issued_at_ns, lifetime_s=3600.5
    )


def test_the_last_token_is_found_by_another_process(database_path: Path):
    """With its times, to the millisecond."""
    issued_ns = 1_800_000_000_123_000_000

    async def save(table: TokenTable) -> None:
        await table.save(token("first"))
        await table.save(token("second", issued_ns))

    async def load(table: TokenTable) -> Token | None:
        return await table.load(Span("token_lookup", None))

    with_table(database_path, save)
    assert with_table(database_path, load) == token("second", issued_ns)


def test_another_app_key_has_another_token(database_path: Path):
    """Two merchants may share a file and no token."""

    async def save(table: TokenTable) -> None:
        await table.save(token("mine"))

    async def load(table: TokenTable) -> Token | None:
        return await table.load(Span("token_lookup", None))

    with_table(database_path, save)
    assert with_table(database_path, load, app_key="other") is None


def test_a_lookup_travels_and_a_save_does_not(database_path: Path):
    """The shopper waits for the token, not for its copy."""

    async def story(table: TokenTable) -> Any:
        began_ns = epoch_ns()
        await table.save(token("x"))
        saved_ns = epoch_ns() - began_ns
        span = Span("token_lookup", None)
        await table.load(span)
        return saved_ns, epoch_ns() - began_ns, span.modelled_ns

    def delay(operation: str, key: str, attempt: int) -> int:
        return {"token_lookup": 200_000}[operation]

    assert with_table(database_path, story, delay=delay) == (0, 200_000_000, 200_000_000)
