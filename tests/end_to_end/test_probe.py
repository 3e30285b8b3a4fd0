"""`bkash-bench probe` on our own merchant: nothing in the best variant, much in the worst."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from harness.client import Credentials
from harness.load import load_target
from harness.merchant import MerchantSettings, SeedSize, build_merchant, find_variant
from harness.probe import Circumstances, ProbePlan, carry_out, make_record
from harness.probe.figures import make_agreements
from harness.rundata import ProbePayment, ProbeRecord
from harness.simulation import run_virtual
from mock_bkash import ApproveMode, LatencyModel, MockConfig, create_app, load_profile

SHOP = "http://127.0.0.1:3000"
MOCK = "http://127.0.0.1:8700"

QUICK = """
name = "quick"
[operations.token_grant]
kind = "constant"
value_s = 0.3
[operations.create_payment]
kind = "constant"
value_s = 0.1
[operations.execute_payment]
kind = "constant"
value_s = 0.1
"""


class Wire(httpx.AsyncBaseTransport):
    """Carry requests by port; a broken connection reads as one."""

    def __init__(self) -> None:
        self.apps: dict[int | None, Any] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.apps[request.url.port])
        try:
            return await transport.handle_async_request(request)
        except Exception as error:
            if type(error).__name__ != "AnswerLost":
                raise
            raise httpx.ReadError("reset", request=request) from error


class Nobody:
    def step(self, step: object) -> None:
        pass


@pytest.fixture
def probe_variant(tmp_path: Path) -> Callable[[str], ProbeRecord]:
    """Probe a variant of our merchant at profile guide, on virtual time."""

    def probe(variant: str) -> ProbeRecord:
        async def main() -> ProbeRecord:
            profile, wire = load_profile("guide"), Wire()
            wire.apps[8700] = create_app(MockConfig(profile=profile, approve=ApproveMode.PAGE))
            merchant = build_merchant(
                MerchantSettings(
                    variant=find_variant(variant),
                    gateway_url=f"{MOCK}/v1.2.0-beta",
                    credentials=Credentials(
                        app_key="k", app_secret="s", username="u", password="p"
                    ),
                    database_path=tmp_path / f"{variant}.sqlite3",
                    public_url=SHOP,
                    seed_size=SeedSize(users=1000, courses=50, old_payments=20),
                ),
                transport=wire,
                delay=LatencyModel(profile, 0).delay_us,
            )
            wire.apps[3000] = merchant.app
            await merchant.start()
            plan = ProbePlan(target=load_target("merchant"), url=SHOP, seed=3)
            evidence = await carry_out(plan, mock_url=MOCK, observer=Nobody(), transport=wire)
            await merchant.stop()
            return make_record(
                evidence,
                Circumstances(
                    created_utc="2026-11-23T10:00:00+00:00",
                    command=(),
                    gateway_url=MOCK,
                    profile="guide",
                    profile_data={},
                    duration_s=0.0,
                    versions={},
                    machine={},
                ),
            )

        return run_virtual(main())

    return probe


@pytest.mark.parametrize("variant", ["optimized", "overlapped"])
def test_nothing_is_found_in_our_best_variants(probe_variant, variant):
    """And nothing is left out: every mistake could be looked for."""
    record = probe_variant(variant)
    assert record.findings == ()
    assert all(check.state == "clear" for check in record.checks if check.mistake != "serial_work")


def test_the_baseline_makes_the_guides_mistakes(probe_variant):
    """A grant per request, checks in sequence, thirty seconds of patience.

    Connections cannot be seen in one process.
    """
    found = {finding.mistake for finding in probe_variant("sequential").findings}
    assert found == {"grant_per_request", "serial_work", "no_timeout"}


def test_gaps_agree_with_the_shops_own_account(probe_variant):
    """On an exact clock, what is seen from outside is what the shop says of itself."""
    for agreement in probe_variant("optimized").agreements:
        assert agreement.worst_difference < 1e-6


ATTEMPTS = 3
"""A busy machine can only add to what is found and widen what is measured, so the best counts."""


@pytest.mark.real_time
@pytest.mark.alone
def test_a_running_shop_is_probed_by_the_command(household, reserve_port):
    """Over real sockets: nothing found, a page, a record, gaps within 2 % of the shop's own."""
    (household.folder / "quick.toml").write_text(QUICK)
    for attempt in range(ATTEMPTS):
        done = probe_once(household, reserve_port(), out=f"probe-{attempt}")
        if done.returncode == 0 and max(differences_of(json.loads(done.stdout)).values()) < 0.02:
            break
    assert done.returncode == 0, done.stdout + done.stderr
    record = json.loads(done.stdout)
    assert record["findings"] == []
    assert [c for c in record["checks"] if c["state"] != "clear"] == []
    folder = household.folder / f"probe-{attempt}"
    assert json.loads((folder / "probe.json").read_text()) == record
    assert "<svg" in (folder / "report.html").read_text()
    best = differences_of(record)
    assert set(best) == {"create_payment", "execute_payment"}
    assert max(best.values()) < 0.02, best


def probe_once(household, port, *, out):
    shop = household.merchant(
        *("--variant", "optimized", "--profile", "constant", "--database", f"{out}.sqlite3"),
        *("--gateway", f"http://127.0.0.1:{port}/v1.2.0-beta"),
    )
    return household.bench(
        *("probe", "--target", shop, "--mock-port", str(port), "--profile", "quick.toml"),
        *("--payments", "6", "--patience", "16", "--out", out, "--json", "--fail-on", "any"),
    )


def differences_of(record: dict[str, Any]) -> dict[str, float]:
    """Return by stage how near the two accounts came in the best of the routine payments.

    A call's own millisecond or two in the shop's HTTP client are 2 % of the tenth of a second
    before execute, and a busy machine adds more: what the probe can do shows in the best.
    """
    payments = msgspec.convert(record["payments"], list[ProbePayment])
    best: dict[str, float] = {}
    for payment in payments:
        for agreement in make_agreements([payment] if payment.purpose == "routine" else []):
            seen = agreement.worst_difference
            best[agreement.stage] = min(seen, best.get(agreement.stage, seen))
    return best


@pytest.mark.real_time
def test_a_shop_that_is_not_there_ends_with_its_own_status(household, reserve_port):
    """Status 12, a finding that says so, and a page all the same."""
    target = f"http://127.0.0.1:{reserve_port()}"
    done = household.bench(
        *("probe", "--target", target, "--mock-port", str(reserve_port()), "--profile", "fast"),
        *("--out", "probe", "--quiet"),
    )
    assert done.returncode == 12
    assert "[unreachable]" in done.stdout
    assert (household.folder / "probe" / "report.html").is_file()
