"""Laws of the small multiples."""

import re
from dataclasses import replace

import pytest

from harness.merchant import Optimization
from harness.rundata import ShareRecord
from reports.attribution.shares_figure import family_parts, shares_figure
from reports.families import Family


@pytest.fixture(scope="module")
def figure(six):
    return shares_figure(six)


def test_it_says_in_words_what_it_shows(figure):
    """The alternative text names traffic, optimizations and seconds."""
    assert "normal: token_cache 4.40 s" in figure.alt
    assert figure.alt in figure.wide.replace("&quot;", '"')


def test_text_stays_text(figure):
    """Names and numbers can be searched in both sizes."""
    for svg in (figure.wide, figure.narrow):
        for word in ("token_cache", "quiet", "p99", "4.40"):
            assert re.search(rf">{word}", svg)


def test_colours_are_the_pages(figure):
    """No colour of matplotlib's survives."""
    assert "#0102" not in figure.wide
    assert "var(--token)" in figure.wide
    assert "var(--database)" in figure.wide


def test_the_same_record_gives_the_same_bytes(six, figure):
    """No date, no random id."""
    assert shares_figure(six) == figure


def test_bars_explain_themselves(figure):
    """A tooltip names traffic, statistic, optimization and where it is saved."""
    assert "normal, mean: token_cache saves 4.00 s in bKash: tokens" in figure.wide


def test_quantiles_that_nobody_has_are_not_drawn(make_record):
    """No panel of p99 below a thousand shoppers."""
    few = shares_figure(make_record(kinds=("normal",), shoppers=60))
    assert ">p95" in few.wide
    assert ">p99" not in few.wide


def test_an_optimization_that_does_nothing_is_a_zero(make_record):
    """All zero: an axis all the same."""
    record = make_record(kinds=("normal",), flags=(Optimization.EARLY_REFRESH,))
    assert ">0<" in shares_figure(record).wide


def test_stages_of_one_family_are_one_part():
    """Grant and refresh are both tokens; a stage nobody knows is our own."""
    share = ShareRecord(
        *("x", 3.0, None, None, 0.0, 0.0),
        stages={"token_grant": 4.0, "token_refresh": -2.0, "token_lookup": 0.5, "other": 0.5},
    )
    assert family_parts(share) == {Family.TOKEN: 2.0, Family.DATABASE: 0.5, Family.OWN: 0.5}


def test_what_is_lost_lies_left_of_zero(make_record, tweak):
    """A cache that renews by refresh saves grants and costs refreshes: both are drawn."""
    record = make_record(kinds=("normal",), flags=(Optimization.TOKEN_CACHE,))
    stages = {"token_lookup": 0.6, "create_payment": -0.2}
    record = tweak(record, "normal", "token_cache", saved=0.4, stages=stages)
    svg = shares_figure(record).wide
    assert "token_cache saves −0.200 s in bKash: create" in svg
    assert "token_cache saves 0.600 s in database" in svg


def test_a_quantile_that_one_traffic_lacks_leaves_its_panel_empty(make_record):
    """Other traffic is drawn all the same."""
    many = make_record(kinds=("normal",))
    few = make_record(kinds=("quiet",), shoppers=60)
    both = replace(many, traffic=(*many.traffic, *few.traffic))
    assert shares_figure(both).wide.count(">p99") == 1
