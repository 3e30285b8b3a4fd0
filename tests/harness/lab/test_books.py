"""Laws of closing the books."""

import asyncio

from harness.lab.books import settle
from harness.lab.servers import Servers
from harness.simulation import run_virtual


def servers(tmp_path, **texts) -> Servers:
    paths = {name: tmp_path / name for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name])
    return Servers(mock=None, merchants={}, databases=paths, variants=())  # type: ignore[arg-type]


def settle_with(bench, tmp_path, statuses):
    """Settle one variant whose payment shows these statuses, one per look."""
    looks = iter([*statuses, *[statuses[-1]] * 1000])
    bench.change(audit_view=lambda _: [{"status": next(looks)}])

    async def main():
        notes = await settle(bench.experiment, servers(tmp_path, cached=""), limit_s=3.0)
        return notes, asyncio.get_running_loop().time()

    return run_virtual(main())


def test_settled_books_are_not_waited_for(bench, tmp_path):
    """Where every payment has ended no time passes."""
    assert settle_with(bench, tmp_path, ["paid"]) == ([], 0.0)


def test_payments_under_way_are_waited_for(bench, tmp_path):
    """The wait ends with the last payment that came to an end."""
    notes, now_s = settle_with(bench, tmp_path, ["executing", "pending", "paid"])
    assert notes == []
    assert 0 < now_s < 1


def test_payment_that_never_ends_is_said(bench, tmp_path):
    """After the limit the audit begins, and the reader is told."""
    notes, now_s = settle_with(bench, tmp_path, ["pending"])
    assert notes == [
        "1 payments of variant cached had not come to an end 3 s after the last shopper."
    ]
    assert 3.0 <= now_s < 3.2


def test_shopper_who_never_came_back_is_not_waited_for(bench, tmp_path):
    """A payment that was created and never executed moves no money; it stays as it is."""
    assert settle_with(bench, tmp_path, ["created"]) == ([], 0.0)
