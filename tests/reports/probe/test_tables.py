"""The probe's tables."""

from dataclasses import replace

import pytest

from reports.probe.tables import checks_table, figures_table, special_table


def rows(table):
    return [[cell.text for cell in row] for group in table.groups for row in group.rows]


def test_the_figures_follow_the_payment(record):
    """From make-payment to the callback; what was not seen is a dash with its reason."""
    table = figures_table(record().figures)
    names = [row[0].strip() for row in rows(table)]
    assert names[0] == "make-payment"
    assert names[-1] == "payment"
    assert any("No such call was seen." in note for note in table.footnotes)


def test_the_indented_rows_make_up_the_row_above(record):
    """A shop that asks for a token at every request sees its seconds where it waits for them."""
    figures = replace(
        record().figures,
        make_payment_s=3.62,
        before_create_s=0.806,
        create_s=1.01,
        after_create_s=0.002,
        make_payment_token_s=1.802,
        callback_query_s=0.2,
    )
    shown = {(i, row[0].strip()): row[1] for i, row in enumerate(rows(figures_table(figures)))}
    parts = [float(value) for (i, _), value in shown.items() if 1 <= i <= 4]
    assert sum(parts) == pytest.approx(float(shown[0, "make-payment"]), abs=0.01)
    assert any(name == "queries" for _, name in shown)


def test_tokens_asked_for_now_and_then_are_told_by_their_mean(record):
    """Their median is 0, and one payment in twenty waits for them."""
    figures = replace(record().figures, make_payment_token_s=0.0, token_s=0.105)
    notes = [row[2] for row in rows(figures_table(figures))]
    assert "bKash; asked for now and then, 0.105 s per payment on average" in notes


def test_a_lesser_finding_is_no_red_cross(record, finding):
    """It costs nothing at this profile."""
    table = checks_table(record(replace(finding, cost_s=0.0)))
    cells = {row[0].sub: row[1] for group in table.groups for row in group.rows}
    assert (cells["serial_work"].text, cells["serial_work"].tag) == ("○ found", "same")


def test_every_mistake_stands_in_the_list(record, finding):
    """With its name for --fail-on, and what came of looking for it."""
    table = checks_table(record(finding, unseen=("no_timeout",)))
    states = {row[0].sub: row[1].text for group in table.groups for row in group.rows}
    assert states["serial_work"] == "✗ found"
    assert states["no_timeout"] == "not checked"
    assert states["blind_retry"] == "✓ clear"


def test_special_payments_say_what_was_special(record):
    """And what their shoppers saw."""
    (row,) = rows(special_table(record()))
    assert row[:3] == ["4", "execute never answered", "callback: no whole answer within 20 s"]
    assert row[-1] == "create, execute"


def test_without_special_payments_there_is_no_table(record):
    """A probe that ended at the door made none."""
    assert special_table(record(payments=())) is None
