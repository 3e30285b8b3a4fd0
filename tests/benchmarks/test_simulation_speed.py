"""How fast the virtual clock is: payments a second, memory, the gate, a day of traffic.

A shared machine is never quiet, so what one core carries is told by processor time, beside the
time by the wall. Whatever is long runs in a process of its own, which is ended if it hangs.
Asserted is only that the right things were simulated: the figures are for docs/performance.md.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.merchant import BUILTIN
from harness.rundata import RunFolder
from harness.simulation import Arrivals, SimulationOutcome, VirtualScenario, simulate
from mock_bkash.latency import load_profile

pytestmark = pytest.mark.real_time

ROOT = Path(__file__).parents[2]

RATE_PER_S = 20 / 60
PAYMENTS = 1_000
ROUNDS = 3

FEW, MANY = 1_000, 10_000
"""Payments of the memory's two runs: whatever grows with them shows tenfold."""

GATE_LIMIT_S = 240.0
DAY_PAYMENTS = 28_800
DAY_LIMIT_S = 1_500.0
"""When a process is taken for hung: five times what its promise allows."""

_CHILD = """
import json, re, sys
from pathlib import Path
from harness.merchant import BUILTIN
from harness.simulation import Arrivals, DigestSink, VirtualScenario, simulate
from mock_bkash.latency import load_profile
scenario = VirtualScenario(
    profile=load_profile("guide"), arrivals=Arrivals(rate_per_s=1 / 3), payments=int(sys.argv[2])
)
outcome = simulate(scenario, BUILTIN["optimized"], DigestSink(Path(sys.argv[1])))
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps({"bytes": int(peak[1]) * 1024, "samples": outcome.samples, "ok": outcome.ok}))
"""


def _cpu_s(*, children: bool = False) -> float:
    times = os.times()
    own = times.user + times.system
    return times.children_user + times.children_system if children else own


def _scenario(payments: int) -> VirtualScenario:
    return VirtualScenario(
        profile=load_profile("guide"),
        arrivals=Arrivals(rate_per_s=RATE_PER_S),
        payments=payments,
    )


def _compare(out: Path, *options: str, limit_s: float) -> RunFolder:
    """Run a comparison on the virtual clock in processes of its own."""
    command = ("-m", "harness.cli", "compare", "--clock", "virtual", "--quiet", "--out", str(out))
    subprocess.run(
        [sys.executable, *command, *options],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=limit_s,
    )
    return RunFolder(out)


def _speeds(folder: RunFolder) -> dict[str, Any]:
    conduct = folder.read_conduct()
    assert conduct is not None
    return {
        name: {"wall_s": round(one.wall_s, 1), "times_real_time": round(one.speed_up)}
        for name, one in conduct.simulated.items()
    }


@pytest.mark.parametrize("variant", BUILTIN)
def test_payments_a_second_of_one_core(benchmark: Any, variant: str) -> None:
    """With every stage recorded and digested; the promise is 500 for `optimized`."""
    simulate(_scenario(20), BUILTIN[variant])
    outcomes: list[SimulationOutcome] = []
    cpu_s: list[float] = []

    def run() -> None:
        before_s = _cpu_s()
        outcomes.append(simulate(_scenario(PAYMENTS), BUILTIN[variant]))
        cpu_s.append(_cpu_s() - before_s)

    benchmark.pedantic(run, rounds=ROUNDS)
    benchmark.extra_info["payments_per_core_s"] = round(PAYMENTS / min(cpu_s))
    benchmark.extra_info["samples_per_payment"] = round(outcomes[0].samples / PAYMENTS, 1)
    assert all(outcome.ok and outcome.failed == 0 for outcome in outcomes)
    assert {outcome.digest for outcome in outcomes} == {outcomes[0].digest}
    assert outcomes[0].payments == PAYMENTS


def test_memory_does_not_grow_with_the_payments(benchmark: Any, tmp_path: Path) -> None:
    """Samples stream to the run's folder, and what is audited is forgotten."""

    def run() -> list[dict[str, Any]]:
        figures = []
        for payments in (FEW, MANY):
            arguments = (str(tmp_path / f"samples-{payments}.csv"), str(payments))
            done = subprocess.run(
                [sys.executable, "-W", "error", "-c", _CHILD, *arguments],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
                timeout=GATE_LIMIT_S,
            )
            figures.append(json.loads(done.stdout))
        return figures

    few, many = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info[f"bytes_at_{FEW}"] = few["bytes"]
    benchmark.extra_info[f"bytes_at_{MANY}"] = many["bytes"]
    benchmark.extra_info["bytes_per_payment"] = round((many["bytes"] - few["bytes"]) / (MANY - FEW))
    assert few["ok"]
    assert many["ok"]
    assert many["samples"] == pytest.approx(MANY / FEW * few["samples"], rel=0.01)


def test_the_gate_over_all_variants(benchmark: Any, tmp_path: Path) -> None:
    """A thousand payments of each of the seven, report included; the promise is 30 s."""
    before_s = _cpu_s(children=True)
    options = ("--payments", "1000", "--baseline", ".ci/baseline.json")
    folder = benchmark.pedantic(
        _compare,
        args=(tmp_path / "gate", *options, "--limits", ".ci/limits.toml"),
        kwargs={"limit_s": GATE_LIMIT_S},
        rounds=1,
    )
    benchmark.extra_info["cpu_s"] = round(_cpu_s(children=True) - before_s, 1)
    variants = folder.read_summary().variants
    assert set(variants) == set(BUILTIN)
    assert all(figures.payment_time_s.n == 1_000 for figures in variants.values())


@pytest.mark.parametrize("variants", ["sequential", ",".join(BUILTIN)], ids=["baseline", "all"])
def test_a_day_of_traffic(benchmark: Any, tmp_path: Path, variants: str) -> None:
    """24 h at 20 payments a minute; the promise is five minutes for all variants on two cores."""
    before_s = _cpu_s(children=True)
    options = ("--variants", variants, "--duration", "24h", "--rate", str(RATE_PER_S))
    folder = benchmark.pedantic(
        _compare,
        args=(tmp_path / "day", *options),
        kwargs={"limit_s": DAY_LIMIT_S},
        rounds=1,
    )
    benchmark.extra_info["cpu_s"] = round(_cpu_s(children=True) - before_s, 1)
    benchmark.extra_info["simulated"] = _speeds(folder)
    for figures in folder.read_summary().variants.values():
        assert figures.payment_time_s.n == pytest.approx(DAY_PAYMENTS, rel=0.05)
        assert figures.errors == 0
