"""The guide's claims as a table."""

from collections.abc import Callable

from reports import Analysis
from reports.sections.claims import claims_table

Make = Callable[..., Analysis]


def test_all_claims_stand_in_three_groups(seven: Analysis) -> None:
    """Headline, savings, metrics."""
    table = claims_table(seven)
    assert [len(group.rows) for group in table.groups] == [4, 6, 10]
    assert all(len(row) == 5 for group in table.groups for row in group.rows)


def test_the_headline_is_put_beside_what_was_measured(seven: Analysis) -> None:
    """7-8 s, 2-3 s and 70 %, and what the savings sum to."""
    rows = [[cell.text for cell in row] for row in claims_table(seven).groups[0].rows]
    assert rows[0][:3] == ["Before optimization", "7-8 s", "7.67 s"]
    assert rows[1][:3] == ["After optimization", "2-3 s", "2.74 s"]
    assert rows[2][:3] == ["Improvement", "70 %", "−64.3 %"]
    assert rows[3][:4] == ["What the savings sum to", "5 s", "3.5 s", "arithmetic"]


def test_the_notes_say_what_assumed_means(seven: Analysis) -> None:
    """So that nobody takes an input for a result."""
    assert "confirms nothing" in claims_table(seven).notes[0]


def test_a_variant_alone_improves_nothing(make_run: Make) -> None:
    """It is before or after, not both."""
    rows = claims_table(make_run(variants=("sequential",))).groups[0].rows
    assert rows[1][3].text == "not measured"
    assert rows[2][3].text == "not measured"


def test_few_payments_improve_without_interval(make_run: Make) -> None:
    """The estimate alone."""
    rows = claims_table(make_run(arrivals=5, warmup_arrivals=1)).groups[0].rows
    assert rows[2][2].sub == ""
