"""A run folder without a run: plausible payments of the seven variants, drawn in a second.

Used by the tests of `reports` and by the benchmark, and by hand to look at a report:

    python tests/reports/synthetic.py OUT --payments 280
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from harness.rundata import (
    COLUMNS,
    SCHEMA_VERSION,
    Conduct,
    Costs,
    Manifest,
    RunConfiguration,
    RunFolder,
    VariantRecord,
)

_MEDIANS_S = {
    "validate_user": 0.25,
    "validate_course": 0.25,
    "check_enrolled": 0.25,
    "insert_payment": 0.1,
    "attach_payment": 0.1,
    "load_payment": 0.1,
    "update_payment": 0.1,
    "token_lookup": 0.2,
    "token_grant": 2.0,
    "token_refresh": 2.0,
    "create_payment": 1.0,
    "execute_payment": 1.0,
    "query_payment": 0.5,
}
_GATEWAY = ("token_grant", "token_refresh", "create_payment", "execute_payment", "query_payment")
_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sequential", ()),
    ("stored", ("token_store",)),
    ("cached", ("token_cache", "early_refresh")),
    ("parallel", ("parallel_validation",)),
    ("prefetch", ("prefetch",)),
    ("optimized", ("timeouts", "background_refresh", "pooled_connections")),
    ("overlapped", ("batched_queries", "late_attach", "overlapped_create")),
)
SEVEN = tuple(name for name, _ in _STEPS)
THINK_S = 1.0


def flags_of(variant: str) -> tuple[str, ...]:
    """Return the cumulative flags of a built-in variant."""
    flags: tuple[str, ...] = ()
    for name, more in _STEPS:
        flags += more
        if name == variant:
            return flags
    return ()


def profile_data() -> dict[str, Any]:
    """Return the guide's profile as a manifest holds it."""
    operations: dict[str, Any] = {}
    for name, median_s in _MEDIANS_S.items():
        operations[name] = {"kind": "lognormal", "median_s": median_s, "p95_s": 1.4 * median_s}
        if name in _GATEWAY:
            operations[name]["tail"] = {"probability": 0.01, "factor": 5}
    return {"name": "guide", "operations": operations, "network": {"gateway_round_trip_s": 0.0}}


@dataclass
class _Flow:
    """One request of every arrival at once: a clock per arrival, and the stages passed."""

    request: str
    clock_ns: np.ndarray
    own: np.random.Generator
    scale: float
    rows: list[pd.DataFrame] = field(default_factory=list)

    def spend_ns(self, median_ns: float) -> np.ndarray:
        size = self.clock_ns.size
        return (median_ns * self.own.lognormal(0.0, 0.5, size)).astype(np.int64)

    def stage(
        self, name: str, modelled_ns: np.ndarray, start: np.ndarray, there: Any = True
    ) -> np.ndarray:
        """Record a stage and return its end; arrivals that are not `there` skip it."""
        there = np.broadcast_to(np.asarray(there), start.shape)
        wall_ns = (modelled_ns * self.scale).astype(np.int64) + self.spend_ns(700_000)
        end = np.where(there, start + wall_ns, start)
        index = np.flatnonzero(there)
        self.rows.append(
            pd.DataFrame(
                {
                    "arrival": index,
                    "request": self.request,
                    "stage": name,
                    "start_ns": start[index],
                    "end_ns": end[index],
                    "modelled_ns": modelled_ns[index],
                }
            )
        )
        return end

    def in_turn(self, name: str, modelled_ns: np.ndarray, there: Any = True) -> None:
        self.clock_ns = self.stage(name, modelled_ns, self.clock_ns, there)

    def gap(self) -> None:
        self.clock_ns = self.clock_ns + self.spend_ns(400_000)


def _draws(size: int, seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng([seed, 1])
    sigma = np.log(1.4) / 1.645
    draws = {}
    for name, median_s in _MEDIANS_S.items():
        values = median_s * rng.lognormal(0.0, sigma, size)
        if name in _GATEWAY:
            values *= np.where(rng.random(size) < 0.01, 5.0, 1.0)
        draws[name] = (values * 1e6).astype(np.int64) * 1000
    # The second lookup and grant of a payment are draws of their own.
    for name in ("token_lookup", "token_grant"):
        draws[name + "_2"] = np.roll(draws[name], 7)
    return draws


def _token(
    flow: _Flow, flags: tuple[str, ...], draws: dict[str, np.ndarray], second: str, left: np.ndarray
) -> None:
    """Pass the token stages of one request; `left` is the modelled wait where none is fresh."""
    if "token_store" not in flags:
        flow.in_turn("token_lookup", draws["token_lookup" + second])
        flow.in_turn("token_grant", draws["token_grant" + second])
        return
    if "token_cache" not in flags:
        flow.in_turn("token_lookup", draws["token_lookup" + second])
    stale = left > 0
    if stale.any():
        flow.in_turn("token_grant", left, stale)


def _stale_wait_ns(
    flags: tuple[str, ...], due_s: np.ndarray, grant_ns: np.ndarray, lifetime_s: float
) -> np.ndarray:
    """Return how long each arrival waits for a token after an expiry, modelled."""
    if "token_store" not in flags or "background_refresh" in flags:
        return np.zeros(due_s.size, dtype=np.int64)
    period_s = lifetime_s * (55 / 60 if "early_refresh" in flags else 1.0)
    since_s = due_s % period_s
    single = "token_cache" in flags
    head_start_s = THINK_S if "prefetch" in flags else 0.0
    left_s = grant_ns / 1e9 - (since_s if single else 0.0) - head_start_s
    waits = (since_s < 2.0) & (due_s > 2.0) & (left_s > 0.05)
    return np.where(waits, left_s * 1e6, 0).astype(np.int64) * 1000


def _make_payment(
    flow: _Flow, flags: tuple[str, ...], draws: dict[str, np.ndarray], left: np.ndarray
) -> None:
    flow.gap()
    begin = flow.clock_ns
    names = ("validate_user", "validate_course", "check_enrolled")
    if "overlapped_create" in flags:
        inserted = flow.stage("insert_payment", draws["insert_payment"], begin)
        checked = flow.stage("validate_user", draws["validate_user"], begin)
        flow.clock_ns = inserted
        _token(flow, flags, draws, "", left)
        flow.in_turn("create_payment", draws["create_payment"])
        flow.clock_ns = np.maximum(flow.clock_ns, checked)
        flow.gap()
        return
    if "parallel_validation" in flags:
        ends = [flow.stage(name, draws[name], begin) for name in names]
        flow.clock_ns = np.maximum.reduce(ends)
    else:
        for name in names:
            flow.in_turn(name, draws[name])
    flow.in_turn("insert_payment", draws["insert_payment"])
    _token(flow, flags, draws, "", left)
    flow.gap()
    flow.in_turn("create_payment", draws["create_payment"])
    flow.in_turn("attach_payment", draws["attach_payment"])
    flow.gap()


def _callback(flow: _Flow, flags: tuple[str, ...], draws: dict[str, np.ndarray]) -> None:
    flow.gap()
    if "late_attach" in flags:
        flow.stage("attach_payment", draws["attach_payment"], flow.clock_ns)
    flow.in_turn("load_payment", draws["load_payment"])
    _token(flow, flags, draws, "_2", np.zeros(flow.clock_ns.size, dtype=np.int64))
    flow.in_turn("execute_payment", draws["execute_payment"])
    flow.in_turn("update_payment", draws["update_payment"])
    flow.gap()


@dataclass(frozen=True)
class Recipe:
    """Say what the run should look like; durations are modelled seconds."""

    variants: Sequence[str] = SEVEN
    arrivals: int = 260
    warmup_arrivals: int = 20
    rate_per_s: float = 4.0
    time_scale: float = 1.0
    token_lifetime_s: float = 20.0
    seed: int = 1
    own_seed: int = 0
    failures: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    without_stages: frozenset[str] = frozenset()
    slower: Mapping[str, float] = field(default_factory=dict)
    baseline: str = "sequential"
    costs: bool = True
    ledger: bool = True
    conduct: Conduct | None = field(default_factory=lambda: Conduct(generator_cpu_share=0.22))
    command: tuple[str, ...] = ("bkash-bench", "compare", "--seed", "1")


def write_run(path: Path, recipe: Recipe | None = None) -> RunFolder:
    """Write the run folder that a recipe describes."""
    recipe = recipe or Recipe()
    folder = RunFolder.create(path, _manifest(recipe))
    frames = [_samples(name, recipe) for name in recipe.variants if name not in recipe.empty]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)
    # Recorders write in order of completion, all variants mixed.
    table = table.sort_values("order", kind="stable") if frames else table
    table.to_csv(
        path / "samples-synthetic.csv", columns=list(COLUMNS), index=False, lineterminator="\n"
    )
    if recipe.costs:
        folder.write_costs({name: _costs(name, recipe) for name in recipe.variants})
    if recipe.ledger:
        folder.write_ledger({name: _audit(recipe) for name in recipe.variants})
    if recipe.conduct is not None:
        folder.write_conduct(recipe.conduct)
    return folder


def _samples(variant: str, recipe: Recipe) -> pd.DataFrame:
    size = recipe.arrivals + recipe.warmup_arrivals
    flags = flags_of(variant)
    own = np.random.default_rng([recipe.seed, recipe.own_seed, sum(variant.encode())])
    draws = _draws(size, recipe.seed)
    factor = recipe.slower.get(variant, 1.0)
    draws = {name: (values * factor).astype(np.int64) for name, values in draws.items()}
    due = np.sort(np.random.default_rng([recipe.seed, 2]).random(size)) * size / recipe.rate_per_s
    wall = recipe.time_scale * 1e9
    left = _stale_wait_ns(flags, due, draws["token_grant"], recipe.token_lifetime_s)
    zero = np.zeros(size, dtype=np.int64)
    make, back = (
        _Flow(name, zero, own, recipe.time_scale) for name in ("make_payment", "callback")
    )
    _make_payment(make, flags, draws, left)
    _callback(back, flags, draws)
    starts, frames = (due * wall).astype(np.int64), []
    think = int(THINK_S * wall)
    for name, service in (
        ("land", make.spend_ns(3_000_000)),
        ("make_payment", make.clock_ns + make.spend_ns(1_500_000)),
        ("approve", make.spend_ns(2_000_000)),
        ("callback", back.clock_ns + back.spend_ns(1_500_000)),
    ):
        lag = make.spend_ns(300_000)
        frames.append(_requests(name, starts, lag, service))
        starts = starts + lag + service + (think if name in ("land", "approve") else 0)
    if variant not in recipe.without_stages:
        frames += make.rows + back.rows
    table = pd.concat(frames, ignore_index=True)
    return _finish(table, variant, recipe, own)


def _requests(name: str, due: np.ndarray, lag: np.ndarray, service: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "arrival": np.arange(due.size),
            "request": name,
            "stage": "",
            "intended_ns": due,
            "start_ns": due + lag,
            "end_ns": due + lag + service,
            "modelled_ns": np.nan,
            "status": 303 if name == "callback" else 200,
        }
    )


def _finish(
    table: pd.DataFrame, variant: str, recipe: Recipe, own: np.random.Generator
) -> pd.DataFrame:
    table["variant"] = variant
    table["outcome"] = "ok"
    table["error"] = ""
    table["warmup"] = (table["arrival"] < recipe.warmup_arrivals).astype(int)
    for column in ("intended_ns", "status"):
        table[column] = table[column].fillna(0).astype(np.int64)
    table["modelled_ns"] = table["modelled_ns"].astype("Int64")
    paying = table["request"].isin(["make_payment", "approve", "callback"])
    ids = "TR0011" + table["arrival"].astype(str).str.zfill(10) + variant[:3].upper()
    table["payment_id"] = np.where(paying & (table["stage"] == ""), ids, "")
    table["order"] = table["arrival"] * 4 + table["request"].map(
        {"land": 0, "make_payment": 1, "approve": 2, "callback": 3}
    )
    for outcome, count in recipe.failures.get(variant, {}).items():
        bad = own.choice(recipe.arrivals, size=count, replace=False) + recipe.warmup_arrivals
        hit = table["arrival"].isin(bad) & (table["request"] == "callback")
        table.loc[hit, "outcome"] = outcome
        table.loc[hit & (table["stage"] == ""), "error"] = 'no answer, said "the gateway", in 30 s'
    return table


def _costs(variant: str, recipe: Recipe) -> Costs:
    size = recipe.arrivals + recipe.warmup_arrivals
    horizon_s = size / recipe.rate_per_s
    flags = flags_of(variant)
    grants = (
        2 * size if "token_store" not in flags else int(horizon_s / recipe.token_lifetime_s) + 1
    )
    pooled = "pooled_connections" in flags
    return Costs(
        gateway_calls={"token_grant": grants, "create_payment": size, "execute_payment": size},
        payments_started=size,
        new_connections=8 if pooled else 2 * size + grants,
        queries=size * (6 if "batched_queries" in flags else 9),
        token_hits=2 * size - grants,
        token_misses=grants,
        memory_bytes=72_000_000 + 1_000_000 * len(flags),
        cpu_s=size * 0.004,
        horizon_s=horizon_s,
    )


def _audit(recipe: Recipe) -> dict[str, Any]:
    size = recipe.arrivals + recipe.warmup_arrivals
    checked = {letter: {"applicable": True, "checked": size} for letter in "abcdeg"}
    none = {letter: {"applicable": False, "checked": 0} for letter in "fh"}
    return {
        "ok": True,
        "payments": size,
        "captures": size,
        "violations": [],
        "invariants": checked | none,
    }


def _manifest(recipe: Recipe) -> Manifest:
    return Manifest(
        schema_version=SCHEMA_VERSION,
        name="compare",
        created_utc="2026-11-23T09:30:00+00:00",
        command=recipe.command,
        clock="real",
        configuration=RunConfiguration(
            profile="guide",
            profile_data=profile_data(),
            time_scale=recipe.time_scale,
            rate_per_s=recipe.rate_per_s,
            duration_s=recipe.arrivals / recipe.rate_per_s,
            warmup_s=recipe.warmup_arrivals / recipe.rate_per_s,
            seed=recipe.seed,
            token_lifetime_s=recipe.token_lifetime_s,
            land_think_s=THINK_S,
            approve_think_s=THINK_S,
            baseline=recipe.baseline,
        ),
        variants=tuple(
            VariantRecord(
                name=name,
                optimizations=flags_of(name),
                kind="builtin" if name in SEVEN else "target",
                target="http://127.0.0.1:8801",
                app_key=f"key-{name}",
            )
            for name in recipe.variants
        ),
        versions={"python": "3.11.7", "bkash-bench": "0.1.0", "locust": "2.47.0"},
        git_commit="957c3cd0a1b2",
        machine={
            "cpu": "AMD EPYC",
            "cores": 2,
            "memory_bytes": 8_000_000_000,
            "system": "Linux 6.1",
        },
    )


def main() -> None:
    """Write a run folder from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--payments", type=int, default=260, help="payments per variant")
    arguments = parser.parse_args()
    write_run(arguments.out, Recipe(arrivals=arguments.payments))


if __name__ == "__main__":
    main()
