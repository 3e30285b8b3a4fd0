"""What was called."""

from mock_bkash.journal import Call, Journal


def call(number: int, *, code: str = "0000", new_connection: bool = False) -> Call:
    return Call(number, "query_payment", 1, "", 0, 0, 0, 0, 0, 1, new_connection, 200, code)


def test_counts_are_exact_though_the_ring_is_bounded():
    """Ten thousand calls are ten thousand, of which the last three are kept."""
    journal = Journal(capacity=3)
    for _ in range(10_000):
        journal.add(call(journal.next_number()), success=True)
    assert journal.calls == {"query_payment": 10_000}
    assert [kept.number for kept in journal.kept] == [9_998, 9_999, 10_000]
    assert journal.capacity == 3


def test_errors_and_connections_are_counted():
    """By code; a connection counts with its first call."""
    journal = Journal(capacity=0)
    journal.add(call(1, new_connection=True), success=True)
    journal.add(call(2, code="2056"), success=False)
    journal.add(call(3, code="2056"), success=False)
    assert (journal.errors, journal.connections, journal.kept) == ({"2056": 2}, 1, ())
    assert journal.capacity == 0
