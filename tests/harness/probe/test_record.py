"""From evidence to the record."""

from harness.rundata import PROBE, CheckState, Mistake


def test_a_record_survives_its_file(probe_shop, tmp_path):
    """What is written is what is read."""
    record = probe_shop("grant_per_request").record
    PROBE.write(tmp_path, record)
    assert PROBE.read(tmp_path) == record


def test_every_mistake_was_looked_for_or_says_why_not(probe_shop):
    """One check per mistake, in the order of the documentation, each with its reason."""
    record = probe_shop().record
    assert [check.mistake for check in record.checks] == [m.value for m in Mistake]
    assert all(check.reason for check in record.checks)


def test_what_costs_money_comes_first_then_what_every_payment_pays_for(probe_shop):
    """A grant per payment outweighs a gateway that hangs now and then."""
    record = probe_shop("client_amount", "no_timeout", "grant_per_request").record
    assert [finding.mistake for finding in record.findings] == [
        "client_amount",
        "grant_per_request",
        "no_timeout",
    ]


def test_what_costs_nothing_at_the_profile_comes_last(probe_shop):
    """New connections are free where the profile has no distance in it."""
    record = probe_shop("new_connection_per_call", "no_timeout").record
    assert [(f.mistake, f.lesser) for f in record.findings] == [
        ("no_timeout", False),
        ("new_connection_per_call", True),
    ]


def test_a_shop_that_could_not_be_probed_is_clear_of_nothing(probe_shop):
    """Nobody may read silence as praise."""
    record = probe_shop(down=True).record
    closer = [check for check in record.checks if check.mistake == Mistake.GRANT_PER_REQUEST]
    assert closer[0].state is CheckState.NOT_CHECKED
    assert record.figures is None


def test_a_probe_is_the_same_twice(probe_shop):
    """Same seed, same shop, same figures: chance is keyed and the clock is exact."""
    first, second = (probe_shop("serial_work", profile="guide").record for _ in range(2))
    assert first.figures == second.figures
    assert first.findings == second.findings
    assert first.checks == second.checks
