"""The guide's expected metrics."""

from collections.abc import Callable
from dataclasses import replace

from reports import Analysis
from reports.sections.claim import Basis, Claim
from reports.sections.metrics import metric_claims

Make = Callable[..., Analysis]


def _claims(analysis: Analysis) -> dict[str, Claim]:
    return {claim.name: claim for claim in metric_claims(analysis)}


def test_every_figure_of_the_guide_is_there(seven: Analysis) -> None:
    """Nine under "Expected Performance Metrics", and the one of "Monitoring"."""
    assert [(claim.name, claim.guide) for claim in metric_claims(seven)] == [
        ("First token request", "2-3 s"),
        ("Cached token request", "50-100 ms"),
        ("Background refresh", "non-blocking"),
        ("Payment creation", "1-2 s"),
        ("Payment execution", "1-2 s"),
        ("Total payment flow", "2-3 s"),
        ("User and course validation (parallel)", "200-500 ms"),
        ("Payment record creation", "100-300 ms"),
        ("Payment record update", "100-300 ms"),
        ("make-payment response", "under 3 s"),
    ]


def test_inputs_of_the_profile_are_assumed_never_confirmed(seven: Analysis) -> None:
    """They come out because they were put in."""
    claims = _claims(seven)
    for name in ("First token request", "Payment creation", "Payment record update"):
        assert claims[name].basis is Basis.ASSUMED
        assert "the profile puts in a median of" in claims[name].how
    words = " ".join(f"{claim.how} {claim.basis}" for claim in claims.values()).lower()
    assert "confirm" not in words


def test_one_call_is_measured_though_a_payment_makes_two(seven: Analysis) -> None:
    """A grant takes about 2 s, not the 4 s of a payment that makes two."""
    grant = _claims(seven)["First token request"]
    assert "520 token_grant calls" in grant.how
    assert 1.9 < float(grant.here.text.removesuffix(" s")) < 2.2


def test_what_the_code_decides_is_measured(seven: Analysis) -> None:
    """A token in memory costs no trip; a background refresh blocks nobody."""
    claims = _claims(seven)
    assert claims["Cached token request"].here.text == "0 ms"
    assert claims["Cached token request"].basis is Basis.MEASURED
    assert claims["Background refresh"].here.text == "non-blocking"
    assert "0 of 260" in claims["Background refresh"].how
    validation = claims["User and course validation (parallel)"]
    assert validation.basis is Basis.DERIVED
    assert 250 < float(validation.here.text.removesuffix(" ms")) < 350


def test_without_the_variants_nothing_is_measured(make_run: Make) -> None:
    """One failing variant has nothing to say to any claim."""
    nothing = make_run(variants=("sequential",), failures={"sequential": {"timeout": 260}})
    assert {claim.basis for claim in metric_claims(nothing)} == {Basis.NONE}
    bare = make_run(variants=("mine",), without_stages=frozenset({"mine"}), baseline="mine")
    claims = _claims(bare)
    assert claims["Payment creation"].basis is Basis.NONE
    assert claims["Total payment flow"].basis is Basis.DERIVED


def test_without_a_profile_figures_are_measured(make_run: Make) -> None:
    """A real database has no assumed wait."""
    analysis = make_run(variants=("parallel",), baseline="parallel")
    configuration = replace(analysis.manifest.configuration, profile_data={})
    analysis.folder.manifest = replace(analysis.manifest, configuration=configuration)
    claims = _claims(analysis)
    assert claims["Payment record creation"].basis is Basis.MEASURED
    assert claims["User and course validation (parallel)"].basis is Basis.MEASURED


def test_a_refresh_that_blocked_somebody_is_told(make_run: Make) -> None:
    """Non-blocking is a result, not a name."""
    analysis = make_run(variants=("cached",), baseline="cached")
    record = analysis.variants[0].record
    flags = (*record.optimizations, "background_refresh")
    blocked = replace(analysis.variants[0], record=replace(record, optimizations=flags))
    claims = _claims(replace(analysis, variants=(blocked,)))
    assert claims["Background refresh"].here.text == "blocked some"
