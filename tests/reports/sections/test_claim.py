"""One claim and what it rests on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reports import Analysis
from reports.sections.claim import (
    Basis,
    assumed_wait_s,
    assumptions,
    duration_like,
    join_words,
    payment_time_claim,
    unmeasured,
)

Make = Callable[..., Analysis]


def _with_profile(analysis: Analysis, profile: dict[str, Any]) -> Analysis:
    configuration = replace(analysis.manifest.configuration, profile_data=profile)
    analysis.folder.manifest = replace(analysis.manifest, configuration=configuration)
    return analysis


@pytest.mark.parametrize(
    ("wait", "expected_s"),
    [
        ({"kind": "constant", "value_s": 0.3}, 0.3),
        ({"kind": "lognormal", "median_s": 1, "p95_s": 1.4}, 1.0),
        ({"kind": "uniform", "low_s": 0.1, "high_s": 0.3}, 0.2),
        ({"kind": "empirical", "file": "x.csv"}, None),
        ({"kind": "constant", "value_s": "soon"}, None),
        ("a second", None),
        (None, None),
    ],
)
def test_the_typical_wait_is_read_from_any_distribution(
    make_run: Make, wait: Any, expected_s: float | None
) -> None:
    """What the profile puts in, where it can be said in one figure."""
    analysis = make_run(variants=("sequential",), arrivals=2)
    analysis = _with_profile(analysis, {"operations": {"token_grant": wait}})
    assert assumed_wait_s(analysis, "token_grant") == pytest.approx(expected_s)


@pytest.mark.parametrize("profile", [{}, {"operations": None}])
def test_a_profile_without_operations_assumes_nothing(
    make_run: Make, profile: dict[str, Any]
) -> None:
    """A real database at a real distance has no modelled wait."""
    analysis = _with_profile(make_run(variants=("sequential",), arrivals=2), profile)
    assert assumed_wait_s(analysis, "token_grant") is None
    assert assumptions(analysis, ("token_grant",)) == ""


def test_assumptions_are_a_sentence(seven: Analysis) -> None:
    """Each with its wait."""
    assert assumptions(seven, ("token_lookup", "nothing", "token_grant")) == (
        "Assumed: token_lookup 0.2 s and token_grant 2 s."
    )


def test_figures_take_the_unit_of_the_claim() -> None:
    """Milliseconds beside milliseconds."""
    assert duration_like("100-300 ms", 0.104) == "104 ms"
    assert duration_like("1-2 s", 1.04) == "1.04 s"


def test_words_are_joined_as_in_a_sentence() -> None:
    """With an "and" before the last."""
    assert join_words(()) == ""
    assert join_words(("a",)) == "a"
    assert join_words(("a", "b", "c")) == "a, b and c"


def test_a_claim_is_a_row_with_its_basis(seven: Analysis) -> None:
    """The basis is a tag that the style sheet knows."""
    row = payment_time_claim("After", "2-3 s", seven.find("optimized")).row()
    assert [cell.text for cell in row][:4] == [
        "After",
        "2-3 s",
        "2.74 s",
        "measured on assumed waits",
    ]
    assert row[3].tag == "derived"
    assert unmeasured("x", "y", "z").row()[2].text == "–"
    assert payment_time_claim("After", "2-3 s", None).basis is Basis.NONE


def test_a_payment_time_of_few_has_no_interval(make_run: Make) -> None:
    """The estimate alone."""
    claim = payment_time_claim("x", "y", make_run(variants=("sequential",), arrivals=3).variants[0])
    assert claim.here.sub == ""
