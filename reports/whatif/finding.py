"""What a what-if found, in sentences: what pays most, what settings do, what can be relied on."""

from harness.rundata.whatif import KnobKind, SweepRecord, WhatIfRecord
from reports.sections.claim import join_words
from reports.units import digits, percent, plain, seconds
from reports.whatif.conclusion import Trial, conclusions_of, try_conclusion
from reports.whatif.payoff import Payoff, best_payoff, hero_of, payoff_of, ranked_payoffs
from reports.whatif.words import knob_words, sweep_range, value_words

__all__ = ["flip_words", "headline_sentences", "reliance_sentences", "setting_sentences"]

_MS = 0.0005


def headline_sentences(record: WhatIfRecord) -> list[str]:
    """Return what pays most, for the variant to speak of first, and whether others agree."""
    hero = hero_of(record)
    best = best_payoff(record, hero)
    if best is None:
        return [f"Nothing that was changed makes {hero} faster.", *_others(record, hero, None)]
    ranked = [
        payoff
        for payoff in ranked_payoffs(record, hero, kinds=(KnobKind.STAGE, KnobKind.SETTING))
        if payoff.pays
    ]
    alone = len(record.sweeps) == 1
    more = "" if alone else ": nothing else that was tried pays more in both together"
    sentences = [f"{_pays(best)}{more}."]
    if len(ranked) > 1:
        rest = ", ".join(
            f"{p.sweep.name} ({_seconds_off(p.p50_s)} and {_seconds_off(p.p95_s)})"
            for p in ranked[1:4]
        )
        sentences.append(f"Then, off median and p95: {rest}.")
    return [*sentences, *_others(record, hero, best)]


def setting_sentences(record: WhatIfRecord) -> list[str]:
    """Return a sentence per setting: its best value, or that it does not matter, and the price."""
    hero = hero_of(record)
    return [
        _setting_sentence(record, sweep, hero)
        for sweep in record.sweeps
        if sweep.kind is KnobKind.SETTING
    ]


def reliance_sentences(record: WhatIfRecord) -> list[str]:
    """Return how many conclusions stand, over what, and which fall first."""
    tried = [(c, try_conclusion(record, c)[1]) for c in conclusions_of(record)]
    tried = [(c, trials) for c, trials in tried if trials]
    if not tried:
        return []
    solid = [c for c, trials in tried if all(t.robustness.holds for t in trials)]
    where = "every range" if record.all_stages else _asked([trials for _, trials in tried])
    sentences = [f"{len(solid)} of {len(tried)} conclusions stand over {where}."]
    for conclusion, trials in tried:
        flips = flip_words(trials)
        if flips:
            sentences.append(f"That {conclusion.sentence} falls: {flips}.")
    return sentences


def _asked(tried: list[list[Trial]]) -> str:
    """Return the ranges that conclusions were held against, where somebody chose them."""
    sweeps = {trial.sweep.name: trial.sweep for trials in tried for trial in trials}
    ranges = [f"{name} {sweep_range(sweep)}" for name, sweep in sweeps.items()]
    return f"the range{'s' * (len(ranges) > 1)} asked about ({'; '.join(ranges)})"


def flip_words(trials: list[Trial]) -> str:
    """Return where a conclusion changes sides: `create_payment from ×1.31 on`; "" if nowhere."""
    return "; ".join(
        _flip(trial) for trial in trials if trial.robustness.flips_at and not trial.robustness.fails
    )


def _flip(trial: Trial) -> str:
    sweep, found = trial.sweep, trial.robustness
    at = " and ".join(value_words(value, sweep.unit) for value in found.flips_at)
    if len(found.flips_at) > 1:
        return f"{sweep.name} at {at}"
    side = "above" if found.flips_at[0] > sweep.base else "below"
    if not sweep.points[0].value <= sweep.base <= sweep.points[-1].value:
        side = "at"
    return f"{sweep.name} {side} {at}"


def _pays(payoff: Payoff) -> str:
    sweep = payoff.sweep
    if sweep.kind is KnobKind.STAGE:
        what = (
            f"Halving {sweep.name}"
            if payoff.value == 0.5
            else f"{sweep.name} at {value_words(payoff.value, sweep.unit)}"
        )
    else:
        words = f"{knob_words(sweep)} at {value_words(payoff.value, sweep.unit)}"
        what = f"{words[0].upper()}{words[1:]}"
    return (
        f"{what} takes {_seconds_off(payoff.p50_s)} ({percent(max(payoff.p50_share, 0.0))}) off"
        f" the median of {payoff.variant} and {_seconds_off(payoff.p95_s)} off its p95"
    )


def _seconds_off(value_s: float) -> str:
    return "nothing" if abs(value_s) < _MS else seconds(value_s)


def _others(record: WhatIfRecord, hero: str, best: Payoff | None) -> list[str]:
    """Return which variants should begin elsewhere."""
    said: dict[str, list[str]] = {}
    gains: dict[str, list[float]] = {}
    for variant in record.variants:
        theirs = best_payoff(record, variant.name)
        if variant.name == hero or theirs is None:
            continue
        if best is None or theirs.sweep.name != best.sweep.name:
            said.setdefault(theirs.sweep.name, []).append(variant.name)
            gains.setdefault(theirs.sweep.name, []).append(theirs.p50_s)
    it = "" if best is None else " it is"
    pays = " pays:" if best is None else ","
    return [
        f"For {join_words(tuple(names))}{it} {knob}{pays} {_gain_words(gains[knob])}."
        for knob, names in said.items()
    ]


def _gain_words(gains_s: list[float]) -> str:
    low, high = min(gains_s), max(gains_s)
    if high - low < _MS:
        return f"{_seconds_off(high)} off the median"
    return f"{digits(low)} to {_seconds_off(high)} off the median"


def _setting_sentence(record: WhatIfRecord, sweep: SweepRecord, hero: str) -> str:
    words = knob_words(sweep)
    subject = f"{words[0].upper()}{words[1:]}"
    payoff, span_s = payoff_of(record, sweep, hero), _span_s(sweep, hero)
    if span_s < _MS:
        return f"{subject}: {sweep_range(sweep)} changes nothing for {hero}."
    base = f"from {value_words(sweep.base, sweep.unit)}"
    if payoff is None or not payoff.pays:
        worse = "" if _fails_nowhere(sweep, hero) else " without more failures"
        sentence = (
            f"{subject}: no value in {sweep_range(sweep)} is better than what it is now{worse}"
        )
    else:
        sentence = (
            f"{subject}: {base} to {value_words(payoff.value, sweep.unit)} takes"
            f" {_seconds_off(payoff.p50_s)} off the median and {_seconds_off(payoff.p95_s)} off p95"
        )
    return f"{sentence}{_price(record, sweep, hero)}."


def _fails_nowhere(sweep: SweepRecord, variant: str) -> bool:
    return not any(point.figures[variant].failed for point in sweep.points)


def _span_s(sweep: SweepRecord, variant: str) -> float:
    figures = [point.figures[variant] for point in sweep.points]
    spans = []
    for statistic in ("p50_s", "p95_s", "mean_s"):
        known = [v for f in figures if (v := getattr(f, statistic)) is not None]
        spans.append(max(known) - min(known) if known else 0.0)
    return max(spans)


def _price(record: WhatIfRecord, sweep: SweepRecord, variant: str) -> str:
    """Return what some values cost: failures, and token calls over the limit."""
    prices = []
    failing = [p for p in sweep.points if p.figures[variant].failed > record.base[variant].failed]
    if failing:
        most = max(failing, key=lambda point: point.figures[variant].failed)
        prices.append(
            f"at {value_words(most.value, sweep.unit)},"
            f" {plain(most.figures[variant].failed)} of {plain(record.payments)} payments fail"
        )
    fewest = min(sweep.points, key=lambda point: point.figures[variant].failed)
    if fewest.figures[variant].failed < record.base[variant].failed:
        prices.append(
            f"at {value_words(fewest.value, sweep.unit)}"
            f" {plain(fewest.figures[variant].failed)} fail instead of"
            f" {plain(record.base[variant].failed)}, and p95 is"
            f" {seconds(fewest.figures[variant].p95_s)}"
        )
    over = [
        point.value
        for point in sweep.points
        if point.figures[variant].worst_hour > record.limit_per_hour
    ]
    if over:
        prices.append(
            f"more than {record.limit_per_hour} token calls in an hour at"
            f" {', '.join(value_words(value, sweep.unit) for value in over)}"
        )
    return "".join(f"; {price}" for price in prices)
