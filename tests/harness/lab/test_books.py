"""Laws of closing the books."""

import asyncio
from types import SimpleNamespace

from harness.lab import books
from harness.lab.books import close_books, settle
from harness.lab.servers import Servers
from harness.rundata import VariantRecord
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


async def test_target_under_another_app_key_is_not_accused(monkeypatch, tmp_path):
    """Without a ledger to hold its payments against nothing is audited, and the note says why."""
    audited = []

    class Mock:
        """A mock that knows the variant of the lab and one stranger."""

        def __init__(self, url):
            assert url == "http://mock"

        async def __aenter__(self):
            return self

        async def __aexit__(self, *error):
            return None

        async def counters(self, app_key):
            return {"calls": {}} if app_key == "bench-stored" else None

        async def performance(self, merchant_url):
            return None

        async def app_keys(self):
            return ["bench-stored", "its-own-key"]

        async def audit(self, request):
            audited.append(request["app_key"])
            return {"ok": True, "payments": 0, "violations": []}

    monkeypatch.setattr(books, "Admin", Mock)
    variants = tuple(
        VariantRecord(name=name, optimizations=(), kind=kind, target="http://shop", app_key=app_key)
        for name, kind, app_key in (("stored", "user", "bench-stored"), ("shop", "target", "shop"))
    )
    written = {}
    folder = SimpleNamespace(
        sample_paths=list,
        write_costs=lambda costs: None,
        write_ledger=written.update,
    )
    notes = await close_books(
        SimpleNamespace(
            plan=SimpleNamespace(time_scale=1.0, warmup_s=1.0, duration_s=1.0),
            audit_view=lambda path: [],
        ),
        SimpleNamespace(
            mock=SimpleNamespace(url="http://mock"),
            databases={"stored": tmp_path / "stored"},
            variants=variants,
        ),
        folder,
        meter=SimpleNamespace(usage=lambda name: None),
    )
    assert audited == ["bench-stored"]
    assert list(written) == ["stored"]
    assert notes == [
        "shop: the mock was never called with app key 'shop', so its calls were not counted and"
        " its payments not audited. Name the key that the shop uses with --target-key shop=APP_KEY;"
        " the mock saw 'its-own-key'."
    ]
