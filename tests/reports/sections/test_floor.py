"""Laws of the tables of floor and slack."""

from reports.sections import floor_table, slack_table


def _rows(table):
    return {row[0].text: row[1:] for group in table.groups for row in group.rows}


def _number(cell):
    return float(cell.text.replace("−", "-").replace("%", "").replace(",", ""))


def test_payment_is_floor_and_distance(seven):
    """In every variant, but for the digits that are left out."""
    rows = _rows(floor_table(seven))
    assert list(rows) == [variant.name for variant in seven.variants]
    for cells in rows.values():
        payment, floor, distance = (_number(cell) for cell in cells[:3])
        assert abs(floor + distance - payment) < 0.02


def test_variants_come_nearer_to_the_floor(seven):
    """That is what their optimizations are for."""
    rows = _rows(floor_table(seven))
    assert _number(rows["sequential"][2]) > _number(rows["cached"][2])
    assert _number(rows["cached"][2]) > _number(rows["overlapped"][2])


def test_only_who_runs_beside_others_has_slack(seven):
    """In turn, every validation is waited for; side by side, the shorter ones have time."""
    rows = _rows(slack_table(seven))
    names = [variant.name for variant in seven.variants]
    user = dict(zip(names, rows["validate_user"], strict=True))
    assert (user["sequential"].text, user["sequential"].sub) == ("0", "")
    assert _number(user["parallel"]) > 0
    assert user["parallel"].sub.startswith("on it in ")


def test_what_is_always_waited_for_is_left_out(seven):
    """Nobody runs beside an execute."""
    assert "execute_payment" not in _rows(slack_table(seven))


def test_a_stage_that_a_variant_lacks_is_blank(make_run):
    """Batched queries have no single validations."""
    rows = _rows(slack_table(make_run(variants=("parallel", "overlapped"), arrivals=60)))
    assert all(len(cells) == 2 for cells in rows.values())


def test_in_turn_there_is_no_slack_to_show(make_run):
    """A table of zeros would say nothing."""
    assert slack_table(make_run(variants=("sequential",), arrivals=40)) is None


def test_slack_is_told_at_full_scale_only(make_run):
    """A difference of shortened waits cannot be brought to full size."""
    assert slack_table(make_run(variants=("parallel",), arrivals=40, time_scale=0.5)) is None


def test_without_stages_there_is_neither(make_run):
    """A backend that sends no stages has no path."""
    run = make_run(variants=("sequential",), arrivals=40, without_stages=frozenset({"sequential"}))
    assert floor_table(run) is None
    assert slack_table(run) is None


def test_a_floor_that_lacks_a_stage_is_told(make_run):
    """Where one of its stages is not sent, the distance is not known, and the reason is."""
    run = make_run(variants=("sequential",), arrivals=40)
    run.table.payments["floor_ns"] = -1
    table = floor_table(run)
    cells = _rows(table)["sequential"]
    assert [cell.text for cell in cells[1:6]] == ["–"] * 5
    assert any("floor" in note for note in table.footnotes)
