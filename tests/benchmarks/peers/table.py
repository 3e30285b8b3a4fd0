"""The findings as Markdown, and their place in a document."""

import platform
import re
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path

from delay import IN_FLIGHT, DelayFigure
from findings import Findings
from machine import all_cores, processor_name
from race import CONTENDERS
from rate import Rates
from server import Kind

__all__ = ["tables", "write_into"]

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
NONE = "–"
ASKED_MEAN = {1: "≤ 2 ms", 100: "≤ 2 ms", 300: "≤ 2 ms", 1000: "≤ 5 ms"}
COMMAND = ".venv/bin/python tests/benchmarks/peers"


def tables(findings: Findings, *, full: bool) -> str:
    """Return all tables for which there are findings."""
    parts = [
        _preface(findings, full=full),
        _delays(findings, Kind.CONSTANT),
        _delays(findings, Kind.LOGNORMAL),
        _rates(findings),
        _others(findings),
        _state(findings),
    ]
    return "\n\n".join(part for part in parts if part)


def write_into(document: Path, text: str) -> None:
    """Put the tables between their marks.

    Raises:
        ValueError: the document has no such marks.
    """
    before, begin, rest = document.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{document}: expected the marks {BEGIN} and {END}")
    document.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def _preface(findings: Findings, *, full: bool) -> str:
    size = " --full" if full else ""
    peers = ", ".join(f"{name} {version}" for name, version in findings.versions.items())
    who = f"{_java()}; {peers}, warmed up" if peers else "without the others"
    lines = [
        f"    {COMMAND}{size} --write",
        "",
        f"{processor_name()}, {len(all_cores)} cores; CPython {platform.python_version()},"
        f" {who}. In one run, in turns; each server has one core and the"
        " load generator another.",
    ]
    lines += [f"Missing: {name} ({reason})." for name, reason in findings.missing.items()]
    if not full:
        lines.append("A quick look: too short for figures.")
    return "\n".join(lines)


def _java() -> str:
    try:
        done = subprocess.run(
            ["java", "-version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return "no Java"
    match = re.search(r'"([^"]+)"', done.stderr)
    return f"OpenJDK {match[1]}" if match else "Java"


def _delays(findings: Findings, kind: Kind) -> str:
    names = list(dict.fromkeys(name for name, k, _ in findings.waits if k is kind))
    if not names:
        return ""
    lognormal = kind is Kind.LOGNORMAL
    title = (
        "lognormal, median 100 ms, p99 161 ms: KS distance, error of the p99"
        if lognormal
        else "100 ms: mean error, error of the p99"
    )
    rows = [[] if lognormal else ["asked", *(f"{ASKED_MEAN[n]}, ≤ 10 %" for n in IN_FLIGHT)]]
    for name in names:
        cells = [_delay_cell(findings, name, kind, n) for n in IN_FLIGHT]
        rows.append([_strong(name), *cells])
    return _grid([title, *(f"{n:,} in flight" for n in IN_FLIGHT)], [row for row in rows if row])


def _delay_cell(findings: Findings, name: str, kind: Kind, in_flight: int) -> str:
    waits = findings.waits.get((name, kind, in_flight))
    if waits is None:
        return NONE
    if waits.failure:
        return waits.failure
    figure = waits.figure()
    share = NONE if figure.p99_error is None else f"{_signed(figure.p99_error * 100, 1)} %"
    if kind is Kind.LOGNORMAL:
        return f"{_distance(figure)}, {share}"
    return f"{_signed(figure.mean_error_ms, 2)} ms, {share}"


def _distance(figure: DelayFigure) -> str:
    return NONE if figure.distance is None else f"{figure.distance:.3f}"


def _rates(findings: Findings) -> str:
    if not findings.rates:
        return ""
    rows = [
        [
            _strong(_told(name)),
            f"{rates.median_per_s:,.0f}",
            f"{rates.best_per_s:,.0f}",
            f"{rates.cost_us:.0f} µs",
            f"{statistics.median(rates.caller_share) * 100:.0f} %",
        ]
        for name, rates in findings.rates.items()
    ]
    heads = ["requests/s", "median", "best round", "processor time of one", "load generator's core"]
    return _grid(heads, rows)


def _told(name: str) -> str:
    if name.startswith("mock-bkash"):
        return f"{name}, with state, authorization, journal"
    return f"{name}, static answer"


def _others(findings: Findings) -> str:
    names = list(
        dict.fromkeys(
            [*findings.starts_s, *findings.memory_mb, *findings.races, *findings.idle_bytes]
        )
    )
    if not names:
        return ""
    heads = [
        "",
        "start to first answer",
        "memory",
        f"rounds of {CONTENDERS} executes without exactly one success",
        "an idle connection",
    ]
    asked = ["asked", "< 0.7 s", "< 120 MB after 1,000,000 requests, then flat", "0 of 10,000", ""]
    return _grid(
        heads, [asked, *([_strong(name), *_other_cells(findings, name)] for name in names)]
    )


def _other_cells(findings: Findings, name: str) -> Sequence[str]:
    starts = findings.starts_s.get(name)
    race = findings.races.get(name)
    idle = findings.idle_bytes.get(name)
    return [
        NONE if not starts else f"{statistics.median(starts):.2f} s",
        _memory(findings, name),
        NONE if race is None else f"{race.unfair:,} of {race.total:,}{_most(race.rounds)}",
        NONE if idle is None else f"{idle / 1000:.1f} kB",
    ]


def _most(rounds: dict[int, int]) -> str:
    return f" (up to {max(rounds)})" if max(rounds) > 1 else ""


def _memory(findings: Findings, name: str) -> str:
    weights = findings.weights
    if name == "mock-bkash" and weights is not None:
        steps = sorted({len(weights.requests) * 4 // 10, len(weights.requests) * 8 // 10})
        told = [f"{weights.memory_mb[n]:.0f} MB after {weights.requests[n]:,}" for n in steps]
        return ", ".join([*told, f"{weights.memory_mb[-1]:.0f} after {weights.requests[-1]:,}"])
    if name not in findings.memory_mb:
        return NONE
    return f"{findings.memory_mb[name]:,.0f} MB after {findings.answered[name]:,}"


def _state(findings: Findings) -> str:
    if not findings.state_rates:
        return ""
    rows = []
    for operation in ("create", "execute"):
        memory = findings.state_rates[operation, "memory"]
        file = findings.state_rates[operation, "file"]
        rows.append([operation, _both(memory), _both(file)])
    return _grid(["requests/s, processor time of one", "in memory", "`--state FILE`"], rows)


def _both(rates: Rates) -> str:
    return f"{rates.median_per_s:,.0f}, {rates.cost_us:.0f} µs"


def _strong(name: str) -> str:
    return f"**{name}**" if name.startswith("mock-bkash") else name


def _signed(number: float, digits: int) -> str:
    return f"{number:+,.{digits}f}".replace("-", "−")


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *("--:" for _ in heads[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
