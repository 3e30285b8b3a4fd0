"""Laws of `bkash-bench compare` with everything real: processes, sockets, databases, Locust."""

import json
import re
import signal
from importlib import resources

import psutil
import pytest

from harness.rundata import RunFolder

pytestmark = pytest.mark.real_time

SMALL = (
    *("compare", "--time-scale", "0.1", "--profile", "constant"),
    *("--rate", "1", "--duration", "24", "--token-lifetime", "8"),
)
"""Three seconds of arrivals: 24 payments a variant after 8 of warm-up, three token lifetimes."""

LONG = (*SMALL[:-4], "--duration", "6000", "--token-lifetime", "600")
"""Ten minutes of arrivals, which no test waits for."""

STATISTICS = {"n", "mean", "p50", "p90", "p95", "p99", "max"}


@pytest.mark.alone
def test_small_comparison_from_nothing_to_a_report(household):
    """One command leaves a whole run folder, a summary as documented, clean books, no process."""
    done = household.bench(
        *SMALL, "--variants", "sequential,cached,overlapped", "--out", "run", "--json"
    )
    assert done.returncode == 0, done.stderr
    assert household.members() == []
    summary = json.loads(done.stdout)
    check_summary(summary, variants={"sequential", "cached", "overlapped"})
    assert summary == json.loads((household.folder / "run" / "summary.json").read_text())
    check_folder(RunFolder(household.folder / "run"))
    check_figures(summary["variants"])
    assert [path.name for path in household.folder.iterdir()] == ["run"]
    assert list(household.temporary.iterdir()) == []


def check_summary(summary, *, variants):
    """Every key that is documented is there; later versions may add others."""
    assert {"schema_version", "variants", "audit", "warnings", "report"} <= set(summary)
    assert summary["schema_version"] == 1
    assert set(summary["variants"]) == set(summary["audit"]) == variants
    for figures in summary["variants"].values():
        assert {
            "payment_time_s",
            "overhead_ms",
            "stages",
            "gateway_calls_per_payment",
            "token_grants",
            "errors",
        } <= set(figures)
        assert set(figures["payment_time_s"]) >= STATISTICS
        assert set(figures["overhead_ms"]) >= {"p50", "p95"}
        assert all(set(stage) >= STATISTICS for stage in figures["stages"].values())
        assert figures["payment_time_s"]["n"] == 24
        # 24 payments are too few for it: null, not a guess.
        assert figures["payment_time_s"]["p99"] is None
        assert figures["errors"] == 0
        assert figures["gateway_calls_per_payment"] == 2.0
    for audit in summary["audit"].values():
        assert (audit["ok"], audit["payments"], audit["violations"]) == (True, 32, [])
    assert summary["report"] == "report.html"


def check_folder(folder: RunFolder):
    assert {path.name for path in folder.path.iterdir()} == {
        "manifest.json",
        "samples-locust.csv",
        "costs.json",
        "ledger.json",
        "conduct.json",
        "summary.json",
        "report.html",
    }
    manifest = folder.manifest
    assert manifest.clock == "real"
    assert manifest.configuration.profile == "constant"
    assert manifest.command[:2] == ("bkash-bench", "compare")
    assert all(re.match(r"http://127\.0\.0\.1:\d+$", v.target) for v in manifest.variants)
    conduct = folder.read_conduct()
    assert conduct is not None
    assert not conduct.interrupted
    assert conduct.generator_cpu_share is not None
    costs = folder.read_costs()
    assert all((cost.memory_bytes or 0) > 10_000_000 for cost in costs.values())
    assert all(cost.payments_started == 32 for cost in costs.values())
    report = folder.report_path.read_text("utf-8")
    assert "</html>" in report
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", report)


def check_figures(variants):
    """Full-size medians are the constants' sums plus our own overhead, which is not divided."""
    sums_s = {"sequential": 7.55, "cached": 3.15, "overlapped": 2.3}
    for name, sum_s in sums_s.items():
        overhead_s = variants[name]["overhead_ms"]["p50"] / 1000
        assert overhead_s > 0
        assert variants[name]["payment_time_s"]["p50"] > sum_s
    # Twice a payment, 32 payments: what bKash would block is what the baseline does.
    assert variants["sequential"]["token_grants"] == 64
    assert variants["cached"]["token_grants"] < 16


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
def test_stopped_comparison_leaves_samples_and_no_process(household, follow, number):
    """A signal in the middle ends everything, keeps what was recorded, and is the exit status."""
    running = household.start(
        "-m", "harness.cli", *LONG, "--variants", "sequential,cached", "--out", "run"
    )
    follow(running, "measuring")
    assert any(household.temporary.iterdir())
    running.send_signal(number)
    _, err = running.communicate(timeout=300)
    assert running.returncode == 128 + number
    assert f"Error: stopped by {number.name}; what was recorded is kept in run\n" in err
    assert "Traceback" not in err
    assert household.members() == []
    assert not any(household.temporary.iterdir())
    folder = RunFolder(household.folder / "run")
    assert len(folder.sample_paths()) == 1
    conduct = folder.read_conduct()
    assert conduct is not None
    assert conduct.interrupted


@pytest.mark.parametrize("victim", ["--variant cached", "mock_bkash serve", "locust"])
def test_killed_process_ends_the_comparison_at_once(household, follow, victim):
    """Whoever is killed is named; the rest is stopped, samples are kept, the status is 12."""
    running = household.start(
        "-m", "harness.cli", *LONG, "--variants", "sequential,cached", "--out", "run"
    )
    follow(running, "measuring")
    (process,) = [m for m in household.members() if victim in " ".join(m.cmdline())]
    process.kill()
    _, err = running.communicate(timeout=300)
    assert running.returncode == 12
    assert re.search(rf"Error: .* \(process {process.pid}\) was killed by SIGKILL", err)
    assert "What was recorded is kept in run" in err
    assert "Traceback" not in err
    assert household.members() == []
    folder = RunFolder(household.folder / "run")
    assert folder.sample_paths()[0].stat().st_size > 0
    conduct = folder.read_conduct()
    assert conduct is not None
    assert conduct.interrupted
    assert "was killed by SIGKILL" in conduct.notes[0]


def test_killed_lab_leaves_no_process(household, follow):
    """Not even a kill -9 of the lab itself leaves a mock, a merchant or a generator behind."""
    running = household.start(
        "-m", "harness.cli", *LONG, "--variants", "sequential,cached", "--out", "run"
    )
    follow(running, "measuring")
    members = household.members()
    assert len(members) == 5
    running.kill()
    _, alive = psutil.wait_procs(members, timeout=300)
    assert alive == []


@pytest.mark.alone
def test_report_says_by_its_status_what_is_wrong_with_a_run(household):
    """Interrupted is 12, with the reason in words; a violated audit is 13, and outweighs it."""
    done = household.bench(*SMALL, "--variants", "cached", "--out", "run", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    conduct = household.folder / "run" / "conduct.json"
    conduct.write_text(json.dumps({"interrupted": True}))
    again = household.bench("report", "run", "--json")
    assert again.returncode == 12
    assert any("stopped before" in line for line in json.loads(again.stdout)["warnings"])
    ledger = household.folder / "run" / "ledger.json"
    verdicts = json.loads(ledger.read_text())
    verdicts["cached"] |= {"ok": False, "violations": [{"invariant": "a", "message": "twice"}]}
    ledger.write_text(json.dumps(verdicts))
    assert household.bench("report", "run").returncode == 13


@pytest.mark.alone
def test_running_backend_is_one_more_variant(household, reserve_port):
    """A backend that runs already is measured beside ours, and audited as far as can be."""
    port = reserve_port()
    # Somebody's shop, started before: it will find its gateway at the fixed port.
    url = household.merchant(
        *("--variant", "parallel", "--gateway", f"http://127.0.0.1:{port}/v1.2.0-beta"),
        *("--app-key", "their-key", "--database", "theirs.sqlite", "--profile", "constant"),
        *("--time-scale", "0.1"),
    )
    (household.folder / "shop.toml").write_text(merchant_target())
    before = {member.pid for member in household.members()}
    done = household.bench(
        *SMALL,
        *("--variants", "sequential", "--out", "run", "--json"),
        *("--target", f"shop={url},shop.toml", "--target-key", "shop=their-key"),
        *("--mock-port", str(port)),
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["variants"]["shop"]["errors"] == 0
    assert summary["variants"]["shop"]["payment_time_s"]["n"] == 24
    assert summary["variants"]["shop"]["gateway_calls_per_payment"] == 2.0
    check_target(RunFolder(household.folder / "run"), url)
    # It was there before, and it stays.
    assert {member.pid for member in household.members()} == before


def merchant_target() -> str:
    return (resources.files("harness.load") / "targets" / "merchant.toml").read_text("utf-8")


def check_target(folder: RunFolder, url: str):
    (record,) = (v for v in folder.manifest.variants if v.name == "shop")
    assert (record.kind, record.target, record.app_key) == ("target", url, "their-key")
    verdict = folder.read_ledger()["shop"]
    assert verdict["ok"]
    # Its books cannot be read, so its orders cannot be judged; what its shoppers saw can.
    assert not verdict["invariants"]["b"]["applicable"]
    assert verdict["invariants"]["d"]["checked"] == 32
    assert folder.read_costs()["shop"].memory_bytes is None


@pytest.mark.alone
def test_config_file_holds_options_and_variants(household):
    """Options and variants of the user's own stand in one file; the command line wins."""
    (household.folder / "mine.toml").write_text(
        """
        [compare]
        variants = ["mine"]
        time-scale = 0.1
        profile = "constant"
        rate = 1
        duration = 24
        token-lifetime = 8
        seed = 5
        out = "elsewhere"

        [variants]
        mine = ["token_cache", "late_attach"]
        """
    )
    done = household.bench("compare", "--config", "mine.toml", "--out", "run", "--seed", "7")
    assert done.returncode == 0, done.stderr
    manifest = RunFolder(household.folder / "run").manifest
    (variant,) = manifest.variants
    assert (variant.name, variant.kind) == ("mine", "user")
    assert variant.optimizations == ("token_cache", "late_attach")
    assert manifest.configuration.seed == 7
    assert manifest.configuration.token_lifetime_s == 8
    assert "mine" in done.stdout
