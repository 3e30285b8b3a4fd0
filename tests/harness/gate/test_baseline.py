"""Laws of baselines."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from harness.errors import ConfigurationError
from harness.gate.baseline import BASELINE_BYTES, Baseline, read_baseline, write_baseline
from harness.gate.figures import Times, VariantFigures
from harness.gate.identity import identify
from harness.stats import Interval

SECONDS = st.floats(min_value=-1, max_value=1e4).map(lambda x: round(x, 9))
STATISTICS = st.sampled_from(["mean", "p50", "p90", "p95", "p99", "max"])
TIMES = st.builds(
    Times,
    st.none() | st.integers(0, 10**6),
    st.dictionaries(STATISTICS, SECONDS, min_size=1),
    st.dictionaries(STATISTICS, st.tuples(SECONDS, SECONDS).map(lambda p: Interval(*sorted(p)))),
)
FIGURES = st.builds(
    VariantFigures,
    st.integers(0, 10**6),
    st.dictionaries(st.sampled_from(["payment_time", "overhead"]), TIMES),
    st.dictionaries(st.text(min_size=1, max_size=8), TIMES, max_size=3),
    st.dictionaries(st.sampled_from(["errors", "token_grants"]), st.floats(0, 1e6)),
    st.text(alphabet="0123456789abcdef", max_size=8),
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), FIGURES, max_size=3))
def test_written_baseline_is_read_again(tmp_path_factory, plan_of, variants):
    """Whatever stages are called, and whatever does not exist."""
    path = tmp_path_factory.mktemp("base") / "base.json"
    baseline = Baseline.of_run(plan_of(), variants)
    write_baseline(baseline, path)
    assert read_baseline(path) == replace(baseline, origin=str(path))
    assert json.loads(path.read_text())["format"] == "bkash-bench baseline"


def test_same_figures_are_the_same_bytes(tmp_path, baseline_of):
    """A file that did not change is no change in git."""
    for name in ("a.json", "b.json"):
        write_baseline(baseline_of(), tmp_path / name)
    content = (tmp_path / "a.json").read_bytes()
    assert content == (tmp_path / "b.json").read_bytes()
    assert content.endswith(b"}\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "b.json"]


def test_slower_stage_is_one_changed_line(tmp_path, baseline_of, figures_of):
    """What git shows names the stage, and both numbers stand one above the other."""
    slow = figures_of()
    slow.stages["token_lookup"] = Times(1200, {"p50": 0.201})
    before, after = tmp_path / "before", tmp_path / "after"
    write_baseline(baseline_of(sequential=figures_of()), before)
    write_baseline(baseline_of(sequential=slow), after)
    old, new = before.read_text().splitlines(), after.read_text().splitlines()
    assert len(old) == len(new)
    ((was, is_now),) = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    assert was.strip().startswith('"token_lookup": {"n": 1200, "mean": 0.22, "p50": 0.2,')
    assert is_now.strip() == '"token_lookup": {"n": 1200, "p50": 0.201}'


def test_baseline_says_what_was_asked_and_not_where(tmp_path, plan_of, figures_of):
    """No time, machine, path or commit, which would change with every run."""
    path = tmp_path / "base.json"
    plan = plan_of()
    write_baseline(Baseline.of_run(plan, {"sequential": figures_of()}), path)
    assert read_baseline(path).identity == identify(plan)
    assert plan.created_utc not in path.read_text()
    assert str(tmp_path) not in path.read_text()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is broken: "),
        ("[" * 100_000, "is broken: "),
        ("[]", "is not a baseline; make one with bkash-bench baseline RUN -o"),
        ('{"format": "x"}', "is not a baseline"),
        ('{"format": "bkash-bench baseline", "version": 9}', "has version 9; this bkash-bench"),
        ('{"format": "bkash-bench baseline", "version": 1}', "is broken: "),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path, content, said):
    """The message says how to make one."""
    path = tmp_path / "base.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError) as caught:
        read_baseline(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_unknown_figure_is_refused(tmp_path, baseline_of):
    """A key that was mistyped by hand would never be compared."""
    path = tmp_path / "base.json"
    write_baseline(baseline_of(), path)
    path.write_text(path.read_text().replace('"p95":', '"q95":', 1))
    with pytest.raises(ConfigurationError, match=r"is broken: .*q95"):
        read_baseline(path)


def test_unreadable_place_is_refused(tmp_path, baseline_of):
    """Missing, too large, or not to be written."""
    with pytest.raises(ConfigurationError, match=r"No such file .* make it with"):
        read_baseline(tmp_path / "none.json")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (BASELINE_BYTES + 1))
    with pytest.raises(ConfigurationError, match="is larger than"):
        read_baseline(large)
    with pytest.raises(ConfigurationError, match=r"cannot write baseline .*No such file"):
        write_baseline(baseline_of(), tmp_path / "none" / "base.json")
