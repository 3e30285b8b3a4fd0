"""Laws of the tables of a what-if."""

from dataclasses import replace

from reports.whatif.tables import conclusion_table, curve_table, payoff_table, trial_table


def test_stages_are_ranked_with_what_they_pay_everybody(ranked):
    """Seconds off; 0 where a variant does not wait for the stage."""
    table = payoff_table(ranked)
    rows = {row[0].text: row for row in table.groups[0].rows}
    assert next(iter(rows)) in ("create_payment", "execute_payment")
    assert [cell.text for cell in rows["token_grant"]] == ["token_grant", "−1.00", "0"]
    assert rows["create_payment"][2].sub == "p95 −0.650"
    assert rows["create_payment"][2].level == 4
    assert rows["token_grant"][2].level == 0


def test_without_stages_there_is_nothing_to_rank(hand):
    """Settings have their own sentences."""
    record = hand.record([hand.setting("timeout", {10.0: hand.figures(2.7)}, base=10.0)])
    assert payoff_table(record) is None


def test_conclusions_stand_flip_or_were_never_true(hand, ranked):
    """With the quantity as it is, and how far it goes."""
    rows = {row[0].text: row for row in conclusion_table(ranked).groups[0].rows}
    flips = rows["A payment of optimized takes less than 3 s"]
    assert [cell.text for cell in flips[1:]] == ["2.70 s", "1.95 s to 3.70 s", "flips"]
    assert "create_payment above ×1.3" in flips[3].sub
    assert rows["Optimized is no slower than sequential"][3].text == "stands"
    slow = hand.record([hand.stage("insert_payment")], limit_per_hour=1)
    rows = {row[0].text: row for row in conclusion_table(slow).groups[0].rows}
    assert rows["Optimized keeps within 1 token calls an hour"][3].text == "never true here"


def test_conclusions_that_flip_meet_the_assumptions_that_flip_them(hand, ranked):
    """A mark where it stands, a place where it flips; what always stands is only named."""
    table = trial_table(ranked)
    rows = {row[0].text: row for row in table.groups[0].rows}
    assert list(rows) == ["create_payment", "execute_payment", "token_grant"]
    assert table.notes == ("None of them depends on insert_payment.",)
    heads = [column.head for column in table.columns]
    assert "optimized < 3 s" in heads
    assert "optimized ≤ sequential" not in heads
    assert rows["create_payment"][heads.index("optimized < 3 s")].text == "flips at ×1.3"
    assert rows["token_grant"][heads.index("optimized < 3 s")].text == "✓"
    assert trial_table(hand.record([hand.stage("insert_payment")])) is None


def test_a_curves_figures_are_all_there(hand):
    """The value as it is is marked, p99 of few payments is a dash."""
    record = hand.record([hand.stage("create_payment")])
    table = curve_table(record, record.sweeps[0])
    optimized = table.groups[1]
    assert optimized.head == "optimized"
    assert [row[0].text for row in optimized.rows] == ["×0.25", "×0.5", "×1", "×2"]
    assert optimized.rows[2][0].sub == "as it is"
    assert optimized.rows[0][3].text == "–"


def test_no_assumption_is_lost_because_one_conclusion_has_no_figure_there(hand, ranked):
    """Where no payment of one variant succeeded, its conclusions have a dash and others a mark."""
    stuck = [
        replace(
            sweep,
            points=tuple(
                replace(point, figures={**point.figures, "sequential": hand.figures(None)})
                for point in sweep.points
            ),
        )
        if sweep.name == "create_payment"
        else sweep
        for sweep in ranked.sweeps
    ]
    table = trial_table(hand.record(stuck, all_stages=True))
    heads = [column.head for column in table.columns]
    rows = {row[0].text: row for row in table.groups[0].rows}
    assert rows["create_payment"][heads.index("saving")].text == "–"
    assert rows["create_payment"][heads.index("optimized < 3 s")].text == "flips at ×1.3"


def test_only_what_conclusions_were_held_against_is_said_to_be_looked_at(hand):
    """A timeout is a choice and no assumption."""
    timeout = hand.setting("timeout", {2.0: hand.figures(2.0), 10.0: hand.figures(2.7)}, base=10.0)
    table = conclusion_table(hand.record([hand.stage("create_payment"), timeout]))
    assert "create_payment" in table.notes[0]
    assert "timeout" not in table.notes[0]
