"""What could run at once and does not, before bKash is called.

Where the shop sends `Server-Timing`, its own stages say which checks ran one after the other. Where
it does not, the gap before create is all there is, and it is held against the guide's own figures.
"""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from harness.probe.evidence import Evidence
from harness.probe.gap import find_gaps
from harness.probe.mistake import Mistake
from harness.probe.verdict import Verdict, clear, found, seconds, unseen
from harness.rundata import ProbePayment, ProbeStage

__all__ = ["judge_sequence"]

CHECK_WORDS = re.compile(
    r"valid|check|verif|enrol|user|course|product|price|stock|coupon|find|fetch|select|read",
    re.IGNORECASE,
)
WRITE_WORDS = re.compile(
    r"insert|save|write|update|attach|store|commit|create|execute|token|grant|gateway|bkash",
    re.IGNORECASE,
)
"""Names of stages that only ask, and may run at once; names of those that may not."""

LEAST_SAVING_S = 0.05
GUIDE_GAP_S = 0.6
"""The guide's slowest validation in parallel, 500 ms, and its fastest record creation, 100 ms."""


def judge_sequence(evidence: Evidence) -> Verdict:
    """Look for checks in sequence before create."""
    mistake = Mistake.SERIAL_WORK
    gaps = [(p, find_gaps(p, "make_payment")) for p in evidence.paid]
    known = [(payment, gap.before_ns / 1e9) for payment, gap in gaps if gap is not None]
    if not known:
        return unseen(mistake, "No payment called create while its shopper waited.")
    gap_s = median(gap for _, gap in known)
    chains = [chain for p in evidence.paid if (chain := _longest_chain(_checks(p)))]
    if any(_checks(payment) for payment in evidence.paid):
        return _by_stages(evidence, chains, gap_s)
    return _by_gap([payment for payment, _ in known], [gap for _, gap in known], gap_s)


def _by_stages(evidence: Evidence, chains: Sequence[Sequence[ProbeStage]], gap_s: float) -> Verdict:
    mistake = Mistake.SERIAL_WORK
    savings_s = [_saving_s(chain) for chain in chains]
    saved_s = median(savings_s) if len(savings_s) * 2 > len(evidence.paid) else 0.0
    if saved_s < LEAST_SAVING_S:
        return clear(
            mistake,
            f"By the shop's own Server-Timing its checks do not wait for each other; it needs"
            f" {seconds(gap_s)} of its own before create.",
        )
    chain = chains[len(chains) // 2]
    names = ", ".join(stage.name for stage in chain)
    total_s = median(sum(stage.duration_ns for stage in c) / 1e9 for c in chains)
    return found(
        mistake,
        f"By the shop's own Server-Timing, {names} run one after the other before create:"
        f" {seconds(total_s)} together, the longest of them {seconds(total_s - saved_s)}"
        f" (median of {len(chains)} payments).",
        f"Seen from outside, {seconds(gap_s)} of its own time passes before create is called.",
        cost=f"{seconds(saved_s)} per payment.",
        cost_s=saved_s,
        every_payment=True,
        payments=evidence.paid,
    )


def _by_gap(payments: Iterable[ProbePayment], gaps_s: Sequence[float], gap_s: float) -> Verdict:
    mistake = Mistake.SERIAL_WORK
    spread = f"median of {len(gaps_s)}; {min(gaps_s):.2f} to {max(gaps_s):.2f} s"
    if gap_s <= GUIDE_GAP_S:
        return clear(mistake, f"{seconds(gap_s)} of its own time passes before create ({spread}).")
    return found(
        mistake,
        f"{gap_s:.2f} s of the shop's own time passes before create is called ({spread});"
        f" the guide's checks in parallel and its record take {GUIDE_GAP_S:g} s at most.",
        "Which checks these are, only the shop knows: let it send Server-Timing, and the probe"
        " names them.",
        cost=f"{seconds(gap_s - GUIDE_GAP_S)} per payment or more.",
        cost_s=gap_s - GUIDE_GAP_S,
        every_payment=True,
        payments=payments,
    )


def _checks(payment: ProbePayment) -> list[ProbeStage]:
    """Return the stages of make-payment that only ask and ended before create, by their start."""
    sent, gaps = payment.request("make_payment"), find_gaps(payment, "make_payment")
    if sent is None or gaps is None:
        return []
    until_ns = gaps.call.end_ns - sent.start_ns
    asking = [
        stage
        for stage in sent.stages
        if CHECK_WORDS.search(stage.name)
        and not WRITE_WORDS.search(stage.name)
        and stage.start_ns < until_ns
    ]
    return sorted(asking, key=lambda stage: stage.start_ns)


def _longest_chain(stages: Sequence[ProbeStage]) -> list[ProbeStage]:
    """Return the stages that ran one after the other, walked from the first; [] for less than 2."""
    chain: list[ProbeStage] = []
    for stage in stages:
        if not chain or stage.start_ns >= chain[-1].end_ns - _TOLERANCE_NS:
            chain.append(stage)
        elif stage.end_ns > chain[-1].end_ns and len(chain) == 1:
            chain[-1] = stage
    return chain if len(chain) > 1 else []


def _saving_s(chain: Sequence[ProbeStage]) -> float:
    durations_ns = [stage.duration_ns for stage in chain]
    return (sum(durations_ns) - max(durations_ns)) / 1e9


_TOLERANCE_NS = 1_000_000
"""Overlap that is taken for rounding: headers in whole milliseconds are common."""
