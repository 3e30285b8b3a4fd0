"""What a reader must know in ten seconds."""

from dataclasses import replace

from reports.probe.headline import make_probe_headline


def test_what_every_payment_pays_for_is_taken_off(record, finding):
    """The second figure is the first without the findings."""
    headline = make_probe_headline(record(finding))
    assert (headline.now, headline.then) == ("2.70 s", "2.20 s")
    assert headline.verdict == "1 mistake found, which costs every payment 0.500 s."


def test_only_findings_that_cost_seconds_are_said_to(record, finding):
    """Of five mistakes, two may cost every payment something, the others money or nothing."""
    money = replace(finding, cost_s=None, every_payment=False)
    verdict = make_probe_headline(record(finding, money)).verdict
    assert verdict == "2 mistakes found; one of them costs every payment 0.500 s."
    verdict = make_probe_headline(record(finding, finding, money)).verdict
    assert verdict == "3 mistakes found; two of them cost every payment 1.00 s."
    verdict = make_probe_headline(record(finding, finding)).verdict
    assert verdict == "2 mistakes found, which cost every payment 1.00 s."


def test_what_costs_no_seconds_changes_no_figure(record, finding):
    """A believed callback costs the goods."""
    other = replace(finding, cost_s=None, every_payment=False)
    headline = make_probe_headline(record(other, unseen=("no_timeout",)))
    assert headline.then == ""
    assert "none that every payment pays for" in headline.verdict
    assert "1 of 16 could not be looked for" in headline.verdict


def test_nothing_found_is_said_with_its_reach(record):
    """Among how many, so that nobody takes it for more."""
    verdict = make_probe_headline(record(unseen=("no_timeout", "blind_retry"))).verdict
    assert verdict.startswith("Nothing found among 14 mistakes.")


def test_a_shop_that_could_not_be_probed_has_no_figure(record, finding):
    """Its first finding says why."""
    headline = make_probe_headline(record(finding, probed=False, figures=None))
    assert headline.now == ""
    assert headline.verdict == finding.title
