"""Laws of what savings cost."""

from dataclasses import replace

from harness.rundata import Measure
from reports.attribution.cost_table import cost_sentences, cost_table


def _rows(table, group):
    return {row[0].text: row[1:] for row in table.groups[group].rows}


def test_without_and_with_all_and_what_changes(six):
    """Levels at both ends, signed changes between; who changes nothing is left out."""
    rows = _rows(cost_table(six), 2)
    assert list(rows) == ["none of them", "token_cache", "timeouts", "all of them"]
    assert rows["none of them"][0].text == "240"
    assert rows["none of them"][0].tag == "over"
    assert rows["all of them"][0].text == "2"
    assert rows["token_cache"][0].text.startswith("−")
    assert rows["timeouts"][-1].text == "+10.0"


def test_what_nobody_counted_is_empty(six):
    """A dash with its reason."""
    traffic = six.traffic[0]
    measures = {name: m for name, m in traffic.measures.items() if name != Measure.QUERIES}
    record = replace(six, traffic=(replace(traffic, measures=measures),))
    rows = _rows(cost_table(record), 0)
    assert rows["none of them"][2].text == "–"
    assert rows["token_cache"][2].text == "–"


def test_a_shop_that_is_blocked_all_the_same_is_told(six):
    """Over the limit with everything on."""
    assert cost_sentences(six) == []
    traffic = six.traffic[0]
    worst = replace(traffic.measures[Measure.TOKEN_CALLS_WORST], after=7.0)
    measures = {**traffic.measures, Measure.TOKEN_CALLS_WORST.value: worst}
    (sentence,) = cost_sentences(replace(six, traffic=(replace(traffic, measures=measures),)))
    assert "7 token calls in the worst hour" in sentence


def test_a_run_shorter_than_an_hour_says_so(six):
    """Its worst hour is all there is."""
    short = replace(six, traffic=(replace(six.traffic[0], horizon_s=600.0),))
    assert any("quiet lasted 600 s" in note for note in cost_table(short).notes)
    assert not any("lasted" in note for note in cost_table(six).notes)
