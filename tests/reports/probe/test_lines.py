"""A probe for the terminal."""

from reports.probe.lines import probe_lines


def test_a_finding_is_told_with_cost_and_remedy(record, finding):
    """And with the name that --fail-on takes."""
    lines = [line.text for line in probe_lines(record(finding, unseen=("no_timeout",)))]
    assert lines[0].startswith("2.70 s a payment. 1 mistake found")
    assert lines[1].startswith("Medians: own time 0.400 s · create 1.00 s")
    assert "✗ Checks run one after the other before bKash is called. [serial_work]" in lines
    assert "  Cost: 0.50 s per payment." in lines
    assert "  Remedy: Run them at once." in lines
    assert "– Not checked: no_timeout it is. Why." in lines
    assert lines[-1] == "Note: A note."


def test_a_shop_that_could_not_be_probed_is_told_in_red(record, finding):
    """Without a list of all that could not be looked for."""
    failed = record(finding, probed=False, figures=None, unseen=("no_timeout",))
    lines = list(probe_lines(failed))
    assert lines[0].style == "bold red"
    assert not any(line.text.startswith("– Not checked") for line in lines)
