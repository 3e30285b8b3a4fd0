"""Laws of which optimizations need each other."""

from harness.merchant import Optimization
from reports.attribution.interaction_table import interaction_sentences, interaction_table


def test_each_pair_stands_once(six):
    """Below the diagonal."""
    table = interaction_table(six)
    rows = table.groups[0].rows
    assert [row[0].text for row in rows] == [*six.optimizations[1:]]
    filled = [[bool(cell.text) for cell in row[1:]] for row in rows]
    assert filled == [[column <= row for column in range(5)] for row in range(5)]


def test_signs_are_shown_and_nothing_is_grey(six):
    """Needs: plus. Overlaps: minus. Neither: a grey 0."""
    rows = {row[0].text: row for row in interaction_table(six).groups[0].rows}
    assert rows["prefetch"][1].text.startswith("+")
    assert rows["background_refresh"][4].text.startswith("−")
    assert (rows["timeouts"][1].text, rows["timeouts"][1].tag) == ("0", "none")


def test_the_strongest_pairs_are_told_in_words(six):
    """Who does nothing by itself is named; who saves the same wait, too."""
    told = dict(interaction_sentences(six))
    assert len(told["quiet"]) == 3
    text = " ".join(told["quiet"])
    assert "more together than apart: prefetch does nothing by itself" in text
    assert "they save the same wait" in text
    assert told["normal"] == []


def test_two_that_work_apart_and_better_together_need_no_reason(make_record):
    """Where both, or neither, do something alone, only the figure is told."""
    record = make_record(
        kinds=("quiet",), flags=(Optimization.TOKEN_CACHE, Optimization.PARALLEL_VALIDATION)
    )
    assert dict(interaction_sentences(record)) == {"quiet": []}


def test_one_optimization_has_nobody_to_interact_with(make_record):
    """No table of one."""
    record = make_record(kinds=("normal",), flags=(Optimization.TOKEN_CACHE,))
    assert interaction_table(record) is None
