"""The guide's claims, row by row, beside what was measured or assumed.

A wait that stands in the latency profile is an input of the run. That it comes out again confirms
nothing, and such a row is labelled *assumed*. What a variant does with given waits (which it skips,
runs side by side, or meets on the critical path) is measured.
"""

from harness.stats import Statistic
from reports.analysis import Analysis
from reports.sections.claim import Basis, Claim, payment_time_claim, unmeasured
from reports.sections.headline import find_hero
from reports.sections.metrics import metric_claims
from reports.sections.savings import CLAIMED_SAVINGS_MS, HEADLINE_SAVING_S, saving_claims
from reports.table import Column, Group, Table, text
from reports.units import percent_change, percent_range

__all__ = ["claims_table"]


def claims_table(analysis: Analysis) -> Table:
    """Return the guide's claims beside what this run has to say to each."""
    sections = (
        ("The headline", _headline_claims(analysis)),
        ("“Time Saved”", saving_claims(analysis)),
        ("“Expected Performance Metrics”, and “Monitoring”", metric_claims(analysis)),
    )
    return Table(
        caption="The guide’s claims, one by one",
        columns=(
            Column("claim", numeric=False),
            Column("guide says"),
            Column("here"),
            Column("basis", numeric=False),
            Column("how", numeric=False),
        ),
        groups=tuple(
            Group(head, tuple(claim.row() for claim in claims)) for head, claims in sections
        ),
        notes=(
            "Assumed: an input of the profile; it comes out because it was put in, and confirms"
            " nothing. Measured on assumed waits: what the code made of such inputs. Measured:"
            " owes nothing to the profile. Savings are means over all payments, the same arrivals"
            " before and after, on the stages that the claim is about.",
        ),
    )


def _headline_claims(analysis: Analysis) -> list[Claim]:
    base, hero = analysis.baseline, find_hero(analysis)
    return [
        payment_time_claim("Before optimization", "7-8 s", base),
        payment_time_claim("After optimization", "2-3 s", None if hero is base else hero),
        _improvement(analysis),
        Claim(
            name="What the savings sum to",
            guide=f"{HEADLINE_SAVING_S:g} s",
            here=text(f"{sum(CLAIMED_SAVINGS_MS) / 1000:g} s"),
            basis=Basis.ARITHMETIC,
            how="The guide’s six savings added up, beside the step that its headline claims.",
        ),
    ]


def _improvement(analysis: Analysis) -> Claim:
    base, hero = analysis.baseline, find_hero(analysis)
    comparison = None if hero is None else hero.comparison
    change = None if comparison is None else comparison.changes[Statistic.P50]
    if base is None or hero is None or change is None or change.relative is None:
        return unmeasured("Improvement", "70 %", "No two variants to compare.")
    interval = change.relative_interval
    here = text(
        percent_change(change.relative), sub="" if interval is None else percent_range(interval)
    )
    how = f"{base.name} → {hero.name}: change of p50, by arrival."
    return Claim("Improvement", "70 %", here, Basis.DERIVED, how)
