"""Warnings as sentences."""

import string

import pytest

from harness.stats import RunWarning, WarningKind, gather


@pytest.mark.parametrize("kind", list(WarningKind))
def test_every_warning_is_a_sentence_with_its_facts(kind: WarningKind) -> None:
    """Filled in, no brace is left, and it ends as a sentence does."""
    words = kind.value[1]
    fields = {name for _, name, _, _ in string.Formatter().parse(words) if name}
    warning = kind.about("v", **dict.fromkeys(fields, "Fact."))
    assert "{" not in warning.sentence
    assert warning.sentence.startswith("v: ")
    assert warning.sentence.endswith(".")
    assert warning.kind is kind


def test_kinds_are_told_apart() -> None:
    """No two kinds are one by having the same words."""
    assert len(WarningKind) == len(WarningKind.__members__)


def test_a_warning_about_the_run_names_no_variant() -> None:
    """The whole run is not a variant."""
    warning = WarningKind.INTERRUPTED.about()
    assert warning.sentence == warning.words
    assert warning.kind.invalidates


def test_the_same_of_several_variants_is_said_once_and_breaches_first() -> None:
    """Seven lines that say the same hide the one that matters."""
    gathered = gather(
        [
            WarningKind.NO_AUDIT.about("a"),
            WarningKind.FEW_PAYMENTS.about("a", n=5, beyond=10, quantile="p50"),
            WarningKind.NO_AUDIT.about("b"),
            WarningKind.FEW_PAYMENTS.about("b", n=6, beyond=10, quantile="p50"),
            WarningKind.INTERRUPTED.about(),
        ]
    )
    assert [(warning.kind, warning.variants) for warning in gathered] == [
        (WarningKind.INTERRUPTED, ()),
        (WarningKind.NO_AUDIT, ("a", "b")),
        (WarningKind.FEW_PAYMENTS, ("a",)),
        (WarningKind.FEW_PAYMENTS, ("b",)),
    ]
    assert gathered[1].sentence.startswith("a, b: no ledger audit")
    assert isinstance(gathered[0], RunWarning)
