"""The grammar of limits.

    limit     = [ variant { "," variant } ":" ] ( ready | subject condition )
    subject   = statistic time | count
    statistic = "mean" | "p50" | "p90" | "p95" | "p99" | "max"
    time      = "payment_time" | "make_payment" | "callback" | "overhead" | "each_stage" | a stage
    count     = "gateway_calls_per_payment" | "token_grants" | "errors"
    condition = ( "<" | "<=" ) amount
              | "+" amount [ "or" "+" amount ]        above the baseline; of two the larger counts
    amount    = number [ "s" | "ms" | "us" | "%" ]

A limit that could never be exceeded is refused here: a gate that cannot fail is worse than none,
because somebody believes in it.
"""

import re
from difflib import get_close_matches
from math import isinf

from harness.errors import ConfigurationError
from harness.gate.amount import Amount, Unit, parse_amount
from harness.gate.limit import Ceiling, Growth, Limit
from harness.gate.metric import COUNTS, STATISTICS, known_metrics, statistics_of
from harness.gate.ready import READY, ready_texts

__all__ = ["LARGEST_COUNT", "LARGEST_GROWTH", "LARGEST_S", "parse_limit"]

LARGEST_S = 3600.0
"""A time limit above this can never be exceeded: every call of a checkout is bounded by seconds."""

LARGEST_COUNT = 1_000_000.0
"""A count limit above this can never be exceeded: no run holds as many payments' calls."""

LARGEST_GROWTH = 10.0
"""A growth above this (1,000 %) can hardly be exceeded: such a checkout would not be measured."""

_CONDITION = re.compile(r"(?P<subject>[^<>=≤≥+]*)(?P<condition>.*)", re.DOTALL)
_OR = re.compile(r"\s+or\s+")
_MOST_AMOUNTS = 2


def parse_limit(text: str, *, clock: str, origin: str = "", why: str = "") -> tuple[Limit, ...]:
    """Read one limit as a person wrote it; a ready limit may consist of several.

    Args:
        text: what was written.
        clock: "real" or "virtual": what a ready limit allows depends on it.
        origin: where it was written, for messages.
        why: the author's reason.

    Raises:
        ConfigurationError: it is no limit, or could never be exceeded; the message says what was
            written, where, and what would be valid.
    """
    try:
        return _parse(text, clock=clock, origin=origin, why=why)
    except ConfigurationError as error:
        raise ConfigurationError(f"{origin or 'limit'} {text!r}: {error}") from None


def _parse(text: str, *, clock: str, origin: str, why: str) -> tuple[Limit, ...]:
    selector, colon, rest = text.rpartition(":")
    variants = _variants(selector) if colon else ()
    name = rest.strip()
    if name not in READY:
        return (_written_out(rest, variants, origin=origin, ready="", why=why),)
    return tuple(
        _written_out(part, variants, origin=origin, ready=name, why=why)
        for part in ready_texts(name, clock=clock)
    )


def _written_out(
    text: str, variants: tuple[str, ...], *, origin: str, ready: str, why: str
) -> Limit:
    found = _CONDITION.fullmatch(text)
    assert found is not None, "the pattern takes any text"
    statistic, metric = _subject(found["subject"].split(), has_condition=bool(found["condition"]))
    condition = _condition(found["condition"].strip(), metric)
    return Limit(metric, statistic, condition, variants, origin=origin, ready=ready, why=why)


def _variants(selector: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in selector.split(","))
    if not all(names):
        raise ConfigurationError("a variant's name is empty before ':'; write NAME: … or A, B: …")
    odd = next((name for name in names if re.search(r"[\s:<>=≤≥+]", name)), None)
    if odd is not None:
        raise ConfigurationError(f"{odd!r} is not a variant's name; write NAME: … or A, B: …")
    return tuple(dict.fromkeys(names))


def _subject(words: list[str], *, has_condition: bool) -> tuple[str | None, str]:
    if len(words) == 1:
        return None, _count(words[0], has_condition=has_condition)
    if len(words) == 3 and words[-1].startswith("-"):
        raise ConfigurationError(f"{words[-1]!r} is no growth; write +AMOUNT above the baseline")
    if len(words) != 2:
        raise ConfigurationError(_expected())
    statistic, metric = words
    if statistic not in STATISTICS:
        raise ConfigurationError(
            f"{statistic!r} is not a statistic; there are {', '.join(STATISTICS)}"
        )
    allowed = statistics_of(metric)
    if not allowed:
        raise ConfigurationError(f"{metric} is a count and has no {statistic}; write '{metric} …'")
    if statistic not in allowed:
        raise ConfigurationError(
            f"{metric} has no {statistic}; there are {' and '.join(allowed)} of it"
        )
    return statistic, metric


def _count(word: str, *, has_condition: bool) -> str:
    if word in COUNTS:
        return word
    if word in known_metrics():
        raise ConfigurationError(
            f"{word} is a set of times: say which of {', '.join(statistics_of(word))}, as in"
            f" 'p95 {word} < 3s'"
        )
    names = (*COUNTS, *STATISTICS) if has_condition else (*READY, *COUNTS, *STATISTICS)
    close = get_close_matches(word, names, n=1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    raise ConfigurationError(f"{word!r} is not known{hint}; {_expected()}")


def _condition(text: str, metric: str) -> Ceiling | Growth:
    if text.startswith(("<", "≤")):
        inclusive = text.startswith(("<=", "≤"))
        return _ceiling(
            text.removeprefix("<").removeprefix("=").removeprefix("≤"), metric, inclusive
        )
    if text.startswith("+"):
        return Growth(tuple(_growth(part, metric) for part in _split_growth(text)))
    if not text:
        raise ConfigurationError(
            "it says no limit; end it with < AMOUNT, <= AMOUNT, or +AMOUNT above the baseline"
        )
    raise ConfigurationError(
        f"{text.split()[0]!r} is no comparison; all figures are better when smaller, so write <,"
        " <= or +"
    )


def _ceiling(text: str, metric: str, inclusive: bool) -> Ceiling:
    amount = _amount(text, metric)
    if amount.unit is Unit.PERCENT:
        raise ConfigurationError(
            f"{amount} is a share of nothing; write +{amount} for the baseline"
        )
    if amount.value == 0 and not inclusive:
        raise ConfigurationError("no figure is below 0, so it would always fail; write <= 0")
    return Ceiling(amount, inclusive)


def _split_growth(text: str) -> list[str]:
    parts = _OR.split(text)
    if len(parts) > _MOST_AMOUNTS or not all(part.startswith("+") for part in parts):
        raise ConfigurationError("a growth is +AMOUNT, or +AMOUNT or +AMOUNT (the larger counts)")
    return parts


def _growth(part: str, metric: str) -> Amount:
    amount = _amount(part[1:], metric)
    if amount.unit is Unit.PERCENT and amount.value > LARGEST_GROWTH:
        raise ConfigurationError(
            f"+{amount} can never be exceeded; the most is {LARGEST_GROWTH * 100:g} %"
        )
    return amount


def _amount(text: str, metric: str) -> Amount:
    if text.strip().startswith("-"):
        raise ConfigurationError(f"{text.strip()!r} is negative, and no figure ever is")
    amount = parse_amount(text)
    is_count = metric in COUNTS
    if isinf(amount.value):
        raise ConfigurationError(f"{text.strip()} can never be exceeded; write a finite amount")
    if is_count and amount.unit.is_time:
        raise ConfigurationError(f"{metric} is a count, not a time; write {amount.number:g}")
    if not is_count and amount.unit is Unit.NONE:
        raise ConfigurationError(f"{text.strip()!r} has no unit; write s, ms or us behind it")
    largest = LARGEST_COUNT if is_count else LARGEST_S
    if amount.unit is not Unit.PERCENT and amount.value > largest:
        raise ConfigurationError(
            f"{amount} can never be exceeded; the most is {largest:g}{'' if is_count else ' s'}"
        )
    return amount


def _expected() -> str:
    return (
        "write STATISTIC TIME (p95 payment_time < 3s), a count (errors <= 0), or a ready limit"
        f" ({', '.join(READY)})"
    )
