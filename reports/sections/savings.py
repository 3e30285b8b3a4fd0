"""The guide's six "Time Saved", each beside what a step of this run saved on the same stages."""

from dataclasses import dataclass

from harness.stages import Stage
from harness.stats import MeanChange, change_of_means, random_generator
from reports.analysis import Analysis
from reports.sections.claim import Basis, Claim, assumptions, join_words, unmeasured
from reports.table import Cell, text
from reports.units import count, milliseconds, milliseconds_range
from reports.variant_analysis import VariantAnalysis, pair_up

__all__ = [
    "CLAIMED_SAVINGS_MS",
    "HEADLINE_SAVING_S",
    "Step",
    "find_step",
    "saving_claims",
    "savings_sentence",
]


@dataclass(frozen=True, slots=True)
class _Saving:
    """Hold one "Time Saved": its flag, and the stages that it is said to shorten."""

    title: str
    claimed_ms: int
    flag: str
    stages: tuple[str, ...]
    remark: str = ""


_VALIDATION = (Stage.VALIDATE_USER, Stage.VALIDATE_COURSE, Stage.CHECK_ENROLLED)
_TOKEN_CALLS = (Stage.TOKEN_GRANT, Stage.TOKEN_REFRESH)

# Flags that shorten the same stages: where several of them change at once, the saving of one alone
# cannot be told.
_TOKEN_FLAGS = frozenset(
    ("token_store", "token_cache", "early_refresh", "prefetch", "background_refresh")
)
_MOST_MOVERS = 2
"""Flags on the same stages that a step may change and still be shown, with the other one named."""

_SAVINGS = (
    _Saving("1. In-memory token caching", 500, "token_cache", (Stage.TOKEN_LOOKUP,)),
    _Saving(
        "2. Optimized token validation (55 of 60 minutes)",
        200,
        "early_refresh",
        _TOKEN_CALLS,
        "Renewing at 55 instead of 60 minutes means more token calls (60/55), not fewer.",
    ),
    _Saving("3. Parallel database operations", 300, "parallel_validation", _VALIDATION),
    _Saving(
        "4. Frontend token pre-fetching",
        1000,
        "prefetch",
        _TOKEN_CALLS,
        "Helps only payments that meet a stale token, and saves the same wait as claim 6.",
    ),
    _Saving(
        "5. HTTP timeouts",
        500,
        "timeouts",
        (),
        "“On network issues”: the run had none, and a timeout saves nothing without them.",
    ),
    _Saving(
        "6. Background token refresh",
        1000,
        "background_refresh",
        _TOKEN_CALLS,
        "Helps only payments that meet a stale token, and saves the same wait as claim 4.",
    ),
)

CLAIMED_SAVINGS_MS = tuple(saving.claimed_ms for saving in _SAVINGS)
"""Every "Time Saved" of the guide, in its order."""

HEADLINE_SAVING_S = 5.0
"""What the guide's headline saves: from the middle of 7-8 s to the middle of 2-3 s."""


@dataclass(frozen=True, slots=True)
class Step:
    """Hold two variants that differ by a flag.

    Attributes:
        before, after: without and with the flag.
        flags: all flags that differ.
    """

    before: VariantAnalysis
    after: VariantAnalysis
    flags: frozenset[str]


def savings_sentence() -> str:
    """Return what the guide's savings sum to, and what its headline would need."""
    terms = " + ".join(str(claimed_ms) for claimed_ms in CLAIMED_SAVINGS_MS)
    return (
        f"The guide’s savings sum to {sum(CLAIMED_SAVINGS_MS) / 1000:g} s ({terms} ms), not to the"
        f" {HEADLINE_SAVING_S:g} s between its “7-8 seconds” and its “2-3 seconds”; and claims 4"
        " and 6 save the same wait. The rest of the headline comes from what the guide does not"
        " list: no longer asking for a new token at every call."
    )


def find_step(analysis: Analysis, flag: str) -> Step | None:
    """Return the two variants that differ by a flag and by as little else as possible."""
    best: Step | None = None
    measured = [v for v in analysis.variants if v.times_s.size and v.record.kind != "target"]
    for before in measured:
        for after in measured:
            had, has = frozenset(before.record.optimizations), frozenset(after.record.optimizations)
            if not had < has or flag not in has - had:
                continue
            if best is None or len(has - had) < len(best.flags):
                best = Step(before, after, has - had)
    return best


def saving_claims(analysis: Analysis) -> list[Claim]:
    """Return the guide's six savings, in its order."""
    return [_claim(analysis, saving) for saving in _SAVINGS]


def _claim(analysis: Analysis, saving: _Saving) -> Claim:
    guide = f"~{saving.claimed_ms} ms"
    if not saving.stages:
        return unmeasured(saving.title, guide, saving.remark)
    step = find_step(analysis, saving.flag)
    change = None if step is None else _change(analysis, step, saving)
    if step is None or change is None:
        how = f"No two variants of this run show {saving.flag} by itself. {saving.remark}"
        return unmeasured(saving.title, guide, how.strip())
    if saving.stages == _TOKEN_CALLS and len(step.flags & _TOKEN_FLAGS) > _MOST_MOVERS:
        movers = join_words(tuple(sorted(step.flags & _TOKEN_FLAGS)))
        how = (
            f"{step.before.name} → {step.after.name} changes {movers} at once: which of them saved"
            f" what, this run cannot tell. {saving.remark}"
        )
        return unmeasured(saving.title, guide, how)
    how = _how(analysis, step, saving)
    return Claim(saving.title, guide, _saved(change), Basis.DERIVED, how)


def _change(analysis: Analysis, step: Step, saving: _Saving) -> MeanChange | None:
    columns = [i for i, name in enumerate(analysis.columns) if name in saving.stages]
    left, right = pair_up(step.before, step.after)
    if not columns or not left.size:
        return None
    changes = change_of_means(
        step.before.critical_s[left][:, columns].sum(axis=1, keepdims=True),
        step.after.critical_s[right][:, columns].sum(axis=1, keepdims=True),
        rng=random_generator(analysis.manifest.configuration.seed, "claim", saving.flag),
    )
    return changes[0]


def _saved(change: MeanChange) -> Cell:
    saved = f"{milliseconds(-change.difference_s)} ms"
    if change.interval_s is None:
        return text(saved)
    low_s, high_s = -change.interval_s.high, -change.interval_s.low
    return text(saved, sub=f"{milliseconds_range(low_s, high_s)} ms")


def _how(analysis: Analysis, step: Step, saving: _Saving) -> str:
    said = [f"{step.before.name} → {step.after.name}, on {join_words(saving.stages)}."]
    others = sorted(step.flags - {saving.flag})
    if others:
        said.append(f"The step also adds {join_words(tuple(others))}.")
    if saving.stages == _TOKEN_CALLS:
        said.append(
            f"{count(step.before.stale.n)} payments waited for a token before,"
            f" {count(step.after.stale.n)} after."
        )
    said += [assumptions(analysis, saving.stages), saving.remark]
    return " ".join(sentence for sentence in said if sentence)
