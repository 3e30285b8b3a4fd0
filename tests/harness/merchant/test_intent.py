"""Laws of the intent: a name of its own, and a trace."""

from typing import Any

from harness.merchant.callback_state import StateSigner
from harness.merchant.intent import Intents, follow_trace
from harness.merchant.store import Database, Distance, Store, no_delay
from harness.merchant.wish import Wish
from harness.simulation import run_virtual
from harness.trace import TraceContext, current_trace


def test_every_intent_has_a_name_of_its_own(database_path: Any):
    """Also those of another process on the same books, at the same moment."""

    async def main() -> set[str]:
        database = Database(database_path)
        store = Store(database, Distance(no_delay, time_scale=1.0))
        refs = set()
        for secret in ("one", "two"):
            intents = Intents(store, StateSigner(secret))
            refs |= {(await intents.write(Wish(1, 1), amount_poisha=100)).ref for _ in range(50)}
        database.close()
        return refs

    refs = run_virtual(main())
    assert len(refs) == 100
    assert all(len(ref) == 21 and ref.isalnum() and ref.isascii() for ref in refs)


def test_a_trace_that_was_sent_is_kept_and_a_missing_one_made_of_the_ref():
    """The same ref always gives the same trace."""
    token = current_trace.set(None)
    try:
        follow_trace("P1")
        made = current_trace.get()
        follow_trace("P2")
        assert current_trace.get() == made
        current_trace.set(None)
        follow_trace("P1")
        assert current_trace.get() == made
        assert TraceContext.parse(f"00-{made.trace_id}-{1:016x}-01") == made
    finally:
        current_trace.reset(token)
