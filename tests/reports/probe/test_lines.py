"""A probe for the terminal."""

from dataclasses import replace

from harness.rundata import CheckState, ProbeCheck
from reports.probe.lines import GUIDE, probe_lines


def test_a_finding_is_told_with_cost_and_remedy(record, finding):
    """And with the name that --fail-on takes."""
    lines = [line.text for line in probe_lines(record(finding, unseen=("no_timeout",)))]
    assert lines[0].startswith("2.70 s a payment. 1 mistake found")
    assert lines[1].startswith("Medians: before create 0.40 s · create 1.00 s · after")
    assert "✗ Checks run one after the other before bKash is called. [serial_work]" in lines
    assert "  Cost: 0.50 s per payment." in lines
    assert "  Remedy: Run them at once." in lines
    assert "– Not checked: no_timeout it is. Why." in lines
    assert lines[-1] == "Note: A note."


def test_names_keep_their_capitals(record):
    """bKash is no bkash, wherever it stands in the sentence."""
    check = ProbeCheck("token_not_replaced", "A token of bKash's", CheckState.NOT_CHECKED, "Why.")
    told = [line.text for line in probe_lines(record(checks=(check,)))]
    assert "– Not checked: a token of bKash's. Why." in told


def test_the_shops_own_time_is_named_by_its_place(record):
    """All with as many decimals; what is a mean is not among the medians."""
    figures = replace(record().figures, before_create_s=0.0592, token_s=1.8)
    told = [line.text for line in probe_lines(record(figures=figures))][1]
    assert "before create 0.06 s" in told
    assert told.endswith("Before and after is the shop's own time. Means: tokens 1.80 s.")


def test_what_costs_nothing_here_is_a_lesser_finding(record, finding):
    """No red cross; the others keep theirs."""
    free = replace(finding, mistake="new_connection_per_call", cost_s=0.0)
    told = {line.text[:1]: line.style for line in probe_lines(record(finding, free))}
    assert (told["✗"], told["○"]) == ("red", "yellow")


def test_a_remedy_that_cites_the_guide_says_what_that_is(record, finding):
    """A reader of the terminal may never have heard of it."""
    cited = replace(finding, remedy="Keep the token (the guide's step 1).")
    assert any(line.text == GUIDE for line in probe_lines(record(cited)))
    assert not any(line.text == GUIDE for line in probe_lines(record(finding)))


def test_a_shop_that_could_not_be_probed_is_told_in_red(record, finding):
    """Without a list of all that could not be looked for."""
    failed = record(finding, probed=False, figures=None, unseen=("no_timeout",))
    lines = list(probe_lines(failed))
    assert lines[0].style == "bold red"
    assert not any(line.text.startswith("– Not checked") for line in lines)
