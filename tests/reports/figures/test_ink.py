"""Colours as names."""

import re
from pathlib import Path

import pytest

import reports
from reports.families import Family
from reports.figures.ink import RASTER, Ink, ink_of, on_ink_of

_CSS = (Path(reports.__file__).parent / "templates" / "style.css").read_text()


def test_stand_ins_are_told_apart() -> None:
    """Each is replaced by one variable."""
    assert len({ink.stand_in for ink in Ink}) == len(Ink)


@pytest.mark.parametrize("ink", [ink for ink in Ink if ink is not Ink.INK])
def test_every_colour_is_defined_for_light_dark_and_print(ink: Ink) -> None:
    """A variable that is defined nowhere draws black on black."""
    name = ink.css.removeprefix("var(").removesuffix(")")
    assert len(re.findall(rf"{name}: #", _CSS)) == 3


@pytest.mark.parametrize("family", list(Family))
def test_every_family_has_a_colour_and_one_upon_it(family: Family) -> None:
    """Bars and their labels."""
    assert ink_of(family) != on_ink_of(family)


def test_what_is_rasterised_has_real_colours() -> None:
    """An image cannot ask the style sheet."""
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in RASTER.values())


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7.0),
        ("muted", "paper", 4.5),
        ("floor", "paper", 4.5),
        ("bad", "paper", 4.5),
        ("good", "paper", 4.5),
        ("on-token", "token", 4.5),
        ("on-database", "database", 4.5),
        ("on-gateway", "gateway", 3.8),
    ],
)
def test_text_stands_out_from_its_ground(scheme: int, text: str, ground: str, least: float) -> None:
    """WCAG 2 contrast: 4.5 for text; vermillion with white is Okabe-Ito's best, for labels only."""
    first, second = (
        _luminance(re.findall(rf"--{name}: (#[0-9a-f]{{6}})", _CSS)[scheme])
        for name in (text, ground)
    )
    contrast = (max(first, second) + 0.05) / (min(first, second) + 0.05)
    assert contrast >= least
