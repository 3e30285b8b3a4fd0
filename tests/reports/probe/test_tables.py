"""The probe's tables."""

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
