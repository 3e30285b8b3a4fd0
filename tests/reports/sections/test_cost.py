"""What a payment costs."""

from collections.abc import Callable
from dataclasses import replace

from reports import Analysis, analyse
from reports.sections.cost import cost_sentences, cost_table

Make = Callable[..., Analysis]


def test_costs_are_per_payment_and_tokens_per_hour(seven: Analysis) -> None:
    """Sequential: two tokens a payment, 28,800 an hour, over the limit."""
    table = cost_table(seven)
    assert table is not None
    rows = {row[0].text: row for row in table.groups[0].rows}
    assert rows["sequential"][4].text == "28,800"
    assert rows["sequential"][4].tag == "over"
    assert rows["cached"][4].text == "1.14"
    assert rows["cached"][4].tag == ""
    assert rows["optimized"][5].text == "0.0286"
    assert rows["overlapped"][6].text == "6.00"
    assert all(len(row) == len(table.columns) for row in table.groups[0].rows)


def test_bkash_would_block_who_asks_per_payment(seven: Analysis) -> None:
    """In a sentence, with when."""
    (sentence,) = cost_sentences(seven)
    assert sentence.startswith("bKash would block sequential after its second grant in an hour")
    assert "2 tokens a payment" in sentence
    assert "after 0.25 s" in sentence


def test_bkash_would_block_who_asks_in_bursts(make_run: Make) -> None:
    """Without single flight, every payment that meets an expired token asks for its own."""
    analysis = make_run(variants=("stored",))
    costs = analysis.folder.read_costs()
    calls = costs["stored"].gateway_calls | {"token_grant": 45, "token_refresh": 3}
    analysis.folder.write_costs({"stored": replace(costs["stored"], gateway_calls=calls)})
    again = analyse(analysis.folder)
    (sentence,) = cost_sentences(again)
    assert "tokens a lifetime, because every payment" in sentence
    table = cost_table(again)
    assert table is not None
    assert table.groups[0].rows[0][2].sub == "45 + 3 refreshed"


def test_what_nobody_counted_is_a_dash_with_its_reason(make_run: Make) -> None:
    """A backend of the user's own shows no queries; a crashed run nothing at all."""
    analysis = make_run(variants=("sequential", "stored"))
    costs = analysis.folder.read_costs()
    blank = replace(
        costs["stored"],
        payments_started=0,
        queries=None,
        new_connections=None,
        memory_bytes=None,
        cpu_s=None,
        horizon_s=0.0,
    )
    analysis.folder.write_costs({"stored": blank})
    table = cost_table(analyse(analysis.folder))
    assert table is not None
    uncounted, empty = table.groups[0].rows
    assert {cell.text for cell in uncounted[1:]} == {"–"}
    assert {cell.text for cell in empty[3:]} == {"–"}
    assert any("nobody could count" in note for note in table.footnotes)


def test_without_any_costs_there_is_no_table(make_run: Make) -> None:
    """Nothing was counted."""
    analysis = make_run(costs=False)
    assert cost_table(analysis) is None
    assert cost_sentences(analysis) == []
