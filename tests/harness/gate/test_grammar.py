"""Laws of the grammar of limits."""

import pytest
from hypothesis import given, strategies as st

from harness.errors import ConfigurationError
from harness.gate.amount import Amount, Unit
from harness.gate.grammar import LARGEST_COUNT, LARGEST_GROWTH, LARGEST_S, parse_limit
from harness.gate.limit import Ceiling, Growth, Limit
from harness.gate.metric import COUNTS, EACH_STAGE, TIMES, statistics_of
from harness.gate.ready import READY
from harness.stages import Stage

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,12}", fullmatch=True)


def amounts(units, largest):
    return st.one_of(
        st.builds(
            Amount,
            st.floats(
                min_value=0.001, max_value=largest * {"s": 1, "ms": 1e3, "us": 1e6, "": 1}[u]
            ),
            st.just(Unit(u)),
        )
        for u in units
    )


PERCENTS = st.builds(
    Amount, st.floats(min_value=0, max_value=LARGEST_GROWTH * 100), st.just(Unit.PERCENT)
)
DURATIONS = amounts(("s", "ms", "us"), LARGEST_S)
NUMBERS = amounts(("",), LARGEST_COUNT)


def conditions(absolute):
    either = st.one_of(absolute, PERCENTS)
    growths = st.lists(either, min_size=1, max_size=2).map(lambda a: Growth(tuple(a)))
    return st.one_of(st.builds(Ceiling, absolute, st.booleans()), growths)


SELECTIONS = st.lists(NAMES, max_size=3, unique=True).map(tuple)
TIME_LIMITS = st.sampled_from([*map(str, TIMES), EACH_STAGE, *map(str, Stage), "db-query"]).flatmap(
    lambda metric: st.builds(
        Limit,
        st.just(metric),
        st.sampled_from(statistics_of(metric)),
        conditions(DURATIONS),
        SELECTIONS,
    )
)
COUNT_LIMITS = st.builds(
    Limit, st.sampled_from([*map(str, COUNTS)]), st.none(), conditions(NUMBERS), SELECTIONS
)


@given(st.one_of(TIME_LIMITS, COUNT_LIMITS))
def test_written_limit_is_read_again(limit):
    """The spelling in messages and in JUnit can be copied into a command line."""
    assert parse_limit(str(limit), clock="virtual") == (limit,)


@given(st.one_of(TIME_LIMITS, COUNT_LIMITS), st.sampled_from([" ", "  ", "\t"]))
def test_spaces_do_not_matter(limit, space):
    """Limits are typed by people."""
    text = str(limit).replace(" ", space).replace("< ", "<").replace(": ", f"{space}:")
    assert parse_limit(f"{space}{text}{space}", clock="virtual") == (limit,)


@given(st.text(alphabet="p950max errors payment_time<=+%:,. or-smu1e", max_size=40) | st.text())
def test_any_text_is_read_or_refused(text):
    """Nobody gets a traceback for a typing error, and the message repeats what was written."""
    said = ""
    try:
        assert parse_limit(text, clock="virtual", origin="--limit")
    except ConfigurationError as error:
        said = str(error)
    assert not said or said.startswith(f"--limit {text!r}: ")


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("p50 payment_time<3s", "p50 payment_time < 3s"),
        ("p95 create_payment+2%", "p95 create_payment +2%"),
        ("gateway_calls_per_payment ≤ 2", "gateway_calls_per_payment <= 2"),
        ("optimized: p95 payment_time < 3200ms", "optimized: p95 payment_time < 3200ms"),
        ("a,b,a: errors <= 0", "a, b: errors <= 0"),
        ("p95 create_payment +5% or +20ms", "p95 create_payment +5% or +20ms"),
        ("guide", "p95 make_payment < 3s"),
    ],
)
def test_examples_are_read(text, spelled):
    """Those of the documentation among them."""
    assert [str(limit) for limit in parse_limit(text, clock="virtual")] == [spelled]


def test_ready_limit_keeps_its_name_and_variants():
    """A message about it names what was typed."""
    (limit,) = parse_limit("optimized: guide", clock="real", origin="--limit", why="promised")
    assert limit.place == "--limit 'optimized: guide'"
    assert (limit.variants, limit.why) == (("optimized",), "promised")


def test_regression_is_exact_on_the_virtual_clock_alone():
    """The real clock must leave room for what two runs of one code differ by."""
    for clock, room in (("virtual", "+0.1ms"), ("real", "+5% or +20ms")):
        limits = parse_limit("regression", clock=clock)
        assert {str(limit.condition) for limit in limits} == {room}
        assert {limit.metric for limit in limits} == {
            "payment_time",
            "make_payment",
            "callback",
            "each_stage",
        }
        assert {limit.statistic for limit in limits} == {"p50", "p95"}
    assert set(READY) == {"guide", "regression"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write STATISTIC TIME"),
        ("p95 payment_time", "it says no limit"),
        ("payment_time < 3s", "say which of mean, p50, p90, p95, p99, max"),
        ("p85 payment_time < 3s", "'p85' is not a statistic; there are mean, p50"),
        ("p95 errors <= 3", "errors is a count and has no p95"),
        ("max overhead < 3s", "overhead has no max; there are p50 and p95 of it"),
        ("p95 payment_time > 3s", "'>' is no comparison"),
        ("p95 payment_time = 3s", "'=' is no comparison"),
        ("p95 payment_time -5%", "'-5%' is no growth; write +AMOUNT"),
        ("p95 payment_time < -1ms", "'-1ms' is negative, and no figure ever is"),
        ("p95 payment_time < 0s", "it would always fail"),
        ("p95 payment_time < inf", "inf can never be exceeded"),
        ("p95 payment_time < 1e999s", "can never be exceeded"),
        ("p95 payment_time < 3601s", "can never be exceeded; the most is 3600 s"),
        ("p95 payment_time +3601s", "can never be exceeded; the most is 3600 s"),
        ("p95 payment_time +1001%", "can never be exceeded; the most is 1000 %"),
        ("token_grants <= 1000001", "can never be exceeded; the most is 1e+06"),
        ("p95 payment_time < nan s", "is not a number; nothing is less than it"),
        ("p95 payment_time < 5%", "5% is a share of nothing; write +5%"),
        ("p95 payment_time < 3", "'3' has no unit; write s, ms or us"),
        ("errors <= 3s", "errors is a count, not a time; write 3"),
        ("p95 x +1% or +2ms or +3s", "a growth is +AMOUNT"),
        ("p95 x +1% or 2ms", "a growth is +AMOUNT"),
        (": guide", "a variant's name is empty"),
        ("a,,b: guide", "a variant's name is empty"),
        ("a b: guide", "'a b' is not a variant's name"),
        ("a: b: guide", "'a: b' is not a variant's name"),
        ("guid", "'guid' is not known (did you mean guide?)"),
        ("error <= 0", "'error' is not known (did you mean errors?)"),
        ("p95 slow payment_time < 3s", "write STATISTIC TIME"),
        ("xyzzy", "'xyzzy' is not known; write"),
    ],
)
def test_what_is_no_limit_is_named(text, said):
    """The message says what was written, where, and what would be valid."""
    with pytest.raises(ConfigurationError) as caught:
        parse_limit(text, clock="virtual", origin="--limit")
    assert str(caught.value).startswith(f"--limit {text!r}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_limit_without_an_origin_is_called_so():
    """Whoever calls from code gets a sentence too."""
    with pytest.raises(ConfigurationError, match=r"^limit 'x': "):
        parse_limit("x", clock="real")
