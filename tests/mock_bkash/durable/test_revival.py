"""A mock after its death."""

import json
import os
import signal
import subprocess
import sys
import threading
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from mock_bkash.durable import revival

WAIT_S = 180


class Life:
    """A mock that is killed at the end of the block, as by a power switch."""

    def __init__(self, open_shop: Any, path: Path, **config: Any) -> None:
        settings = {"state_path": path, "started_at": None, **config}
        self.shop = open_shop(**settings)
        self.world = self.shop.http._transport.app.__closure__

    def end(self) -> None:
        from mock_bkash.world import World

        worlds = [c.cell_contents for c in self.world if isinstance(c.cell_contents, World)]
        worlds[0].state.close()


async def wake(open_shop: Any, path: Path, before: Any, **config: Any) -> Life:
    """A second life, whose shop holds the token of the first."""
    life = Life(open_shop, path, **config)
    life.shop.id_token, life.shop.refresh_token = before.id_token, before.refresh_token
    return life


async def test_a_payment_goes_on_where_it_was(open_shop, tmp_path: Path):
    """M8: created in one life, approved on the page of the second, executed in the third."""
    path = tmp_path / "mock.db"
    first = Life(open_shop, path)
    shop = first.shop
    await shop.grant()
    created = await shop.create()
    first.end()
    second = await wake(open_shop, path, shop)
    form = {"wallet": "01929918378", "otp": "123456", "pin": "12121"}
    page = await second.shop.http.post(second.shop.page(created), data=form)
    assert "status=success" in page.headers["location"]
    second.end()
    third = await wake(open_shop, path, shop)
    done = await third.shop.execute(created["paymentID"])
    assert (done["statusCode"], done["customerMsisdn"]) == ("0000", "01929918378")
    third.end()
    fourth = await wake(open_shop, path, shop)
    assert (await fourth.shop.execute(created["paymentID"]))["statusCode"] == "2062"
    known = await fourth.shop.query(created["paymentID"])
    assert (known["transactionStatus"], known["trxID"]) == ("Completed", done["trxID"])
    ledger = await fourth.shop.admin("GET", "ledger")
    assert [capture["trx_id"] for capture in ledger["captures"]] == [done["trxID"]]
    assert (await fourth.shop.create())["paymentID"] != created["paymentID"]
    fourth.end()


async def test_refunds_holds_and_agreements_survive(open_shop, tmp_path: Path):
    """All that money or consent hangs on."""
    path = tmp_path / "mock.db"
    first = Life(open_shop, path)
    shop = first.shop
    await shop.grant()
    paid, trx_id = await shop.paid()
    refund = {"paymentID": paid, "trxID": trx_id, "amount": "100", "sku": "s", "reason": "r"}
    refund_path = "/v1.2.0-beta/tokenized/checkout/payment/refund"
    refunded = (await shop.call(refund_path, refund)).json()
    assert refunded["statusCode"] == "0000"
    held = await shop.approved(intent="authorization", merchantInvoiceNumber="held")
    await shop.execute(held)
    agreement_id = await shop.agree()
    first.end()
    second = await wake(open_shop, path, shop)
    again = second.shop
    status = await again.call(refund_path, {"paymentID": paid, "trxID": trx_id})
    assert status.json()["refundTrxID"] == refunded["refundTrxID"]
    ledger = await again.admin("GET", "ledger")
    assert ledger["captures"][0]["amount_poisha"] == 149_900
    capture_path = "/v1.2.0-beta/tokenized/checkout/payment/confirm/capture"
    captured = await again.call(capture_path, {"paymentID": held})
    assert captured.json()["transactionStatus"] == "Completed"
    agreement = await again.call(
        "/v1.2.0-beta/tokenized/checkout/agreement/status", {"agreementID": agreement_id}
    )
    assert agreement.json()["agreementStatus"] == "Completed"
    second.end()


async def test_tokens_live_on_and_end_when_they_would_have(open_shop, tmp_path: Path):
    """The clock goes on while the mock is down; what was put forward stays so."""
    path = tmp_path / "mock.db"
    first = Life(open_shop, path)
    shop = first.shop
    await shop.grant()
    await shop.admin("POST", "clock", json={"advance_s": 3000})
    now = await shop.admin("GET", "clock")
    first.end()
    second = await wake(open_shop, path, shop)
    later = await second.shop.admin("GET", "clock")
    assert now["epoch_ms"] <= later["epoch_ms"] <= now["epoch_ms"] + 60_000
    assert (await second.shop.call("query", {"paymentID": "?"})).status_code == 200
    await second.shop.admin("POST", "clock", json={"advance_s": 600})
    assert (await second.shop.call("query", {"paymentID": "?"})).status_code == 401
    refreshed = await second.shop.grant(path="refresh", refresh_token=shop.refresh_token)
    assert refreshed["statusCode"] == "0000"
    second.end()
    third = await wake(open_shop, path, second.shop)
    assert (await third.shop.call("query", {"paymentID": "?"})).status_code == 200
    third.shop.app_secret = "another"
    assert (await third.shop.grant())["statusCode"] == "9999"
    third.end()


async def test_the_clock_never_runs_back_over_a_restart(
    open_shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """R38: also if somebody set the wall clock back by a day meanwhile."""
    from datetime import UTC, datetime, timedelta

    path = tmp_path / "mock.db"
    first = Life(open_shop, path)
    await first.shop.grant()
    await first.shop.create()
    shown = (await first.shop.admin("GET", "clock"))["epoch_ms"]
    created = (await first.shop.admin("GET", "payments"))["payments"][0]["created_at"]
    first.end()

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(UTC) - timedelta(days=1)

    monkeypatch.setattr(revival, "datetime", Yesterday)
    second = await wake(open_shop, path, first.shop)
    clock = await second.shop.admin("GET", "clock")
    assert clock["epoch_ms"] > shown - 1000
    assert clock["now"] >= created
    second.end()


async def test_a_reset_is_remembered(open_shop, tmp_path: Path):
    """What was forgotten stays so; a mock without a file begins with nothing."""
    path = tmp_path / "mock.db"
    first = Life(open_shop, path)
    await first.shop.grant()
    await first.shop.create()
    await first.shop.admin("POST", "reset")
    first.end()
    second = Life(open_shop, path)
    assert (await second.shop.admin("GET", "health"))["app_keys"] == []
    second.end()


class Victim:
    """A mock process on a state file, killed at the end of the block."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "mock_bkash", "serve", "--port", "0", "--approve", "auto"]
        self.process = subprocess.Popen(
            [*command, "--profile", "fast", "--state", str(path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])

    def __enter__(self) -> "Victim":
        return self

    def __exit__(self, *exception: object) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=WAIT_S)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        line = HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            checkout = "/v1.2.0-beta/tokenized/checkout/"
            line.request("POST", checkout + path, json.dumps(body), named)
            return json.loads(line.getresponse().read())
        finally:
            line.close()


@pytest.mark.real_time
def test_a_mock_that_is_killed_keeps_every_payment_it_answered_for(tmp_path: Path):
    """M8: kill -9 in the middle of a flood of payments; what the client was told is true."""
    path = tmp_path / "mock.db"
    paid: list[tuple[str, str]] = []
    enough = threading.Event()
    with Victim(path) as mock:
        body = {"app_key": "shop", "app_secret": "s"}
        token = mock.post("token/grant", body, username="u", password="p")["id_token"]
        guard = {"authorization": token, "x_app_key": "shop"}

        def pay(worker: int) -> None:
            for number in range(10_000):
                order = {
                    "mode": "0011",
                    "payerReference": "r",
                    "callbackURL": "http://shop.test/",
                    "amount": "10",
                    "currency": "BDT",
                    "intent": "sale",
                    "merchantInvoiceNumber": f"{worker}-{number}",
                }
                try:
                    payment_id = mock.post("create", order, **guard)["paymentID"]
                    done = mock.post("execute", {"paymentID": payment_id}, **guard)
                except (OSError, HTTPException, ValueError):
                    return
                paid.append((payment_id, done["trxID"]))
                if len(paid) >= 100:
                    enough.set()

        workers = [threading.Thread(target=pay, args=(n,)) for n in range(4)]
        for worker in workers:
            worker.start()
        assert enough.wait(WAIT_S)
    for worker in workers:
        worker.join(WAIT_S)
    with Victim(path) as mock:
        for payment_id, trx_id in paid:
            known = mock.post("payment/status", {"paymentID": payment_id}, **guard)
            assert (known["transactionStatus"], known["trxID"]) == ("Completed", trx_id)
            again = mock.post("execute", {"paymentID": payment_id}, **guard)
            assert again["statusCode"] == "2062"


@pytest.mark.real_time
def test_a_file_in_use_is_one_line_and_status_2(tmp_path: Path):
    """With its name."""
    path = tmp_path / "mock.db"
    with Victim(path):
        command = [sys.executable, "-m", "mock_bkash", "serve", "--port", "0"]
        done = subprocess.run(
            [*command, "--state", str(path)],
            capture_output=True,
            text=True,
            timeout=WAIT_S,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert "mock.db: another mock is using it" in done.stderr
    assert done.stderr.count("\n") == 1
