"""Families of stages."""

import pytest

from harness.stages import Stage
from reports.families import JOURNEY, Family, family_of, in_journey_order, labels_of


def test_every_stage_of_ours_has_a_family_and_a_place() -> None:
    """A new stage must be given its colour."""
    assert set(JOURNEY) == set(Stage)


def test_a_backends_own_stage_is_its_own_time_and_comes_last() -> None:
    """Other backends may send further names."""
    assert family_of("render") is Family.OWN
    assert labels_of("render") == ("render",)
    order = in_journey_order(("render", "update_payment", "app", "validate_user"))
    assert order == ["validate_user", "update_payment", "app", "render"]


@pytest.mark.parametrize("stage", list(Stage))
def test_labels_shrink(stage: Stage) -> None:
    """The first that fits is drawn, so the longest must come first."""
    lengths = [len(label) for label in labels_of(stage)]
    assert lengths == sorted(lengths, reverse=True)


def test_every_family_has_words_for_the_key() -> None:
    """A colour nobody explains explains nothing."""
    assert len({family.words for family in Family}) == len(Family)
