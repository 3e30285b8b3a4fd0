"""The waterfall."""

from collections.abc import Callable

from reports import Analysis
from reports.figures import waterfall_figure
from reports.specimen import Specimens, choose_specimens

Make = Callable[..., Analysis]


def test_every_variant_has_its_bar_its_total_and_the_floor(seven: Analysis) -> None:
    """On both widths."""
    figure = waterfall_figure(choose_specimens(seven))
    assert figure is not None
    for svg in (figure.wide, figure.narrow):
        for variant in seven.variants:
            assert f">{variant.name}</text>" in svg
        assert ">floor 2.3" in svg
    assert "sequential 7.6" in figure.alt
    assert "The floor is 2.3" in figure.alt


def test_bars_tell_their_figures_on_hover(seven: Analysis) -> None:
    """Stage, duration, and whether it was waited for."""
    figure = waterfall_figure(choose_specimens(seven))
    assert figure is not None
    assert "on the critical path</title>" in figure.wide
    assert "beside the critical path</title>" in figure.wide
    assert "ms that no stage explains</title>" in figure.wide


def test_a_backend_without_stages_is_one_grey_bar(make_run: Make) -> None:
    """No floor, no stages, but a time."""
    analysis = make_run(variants=("mine",), without_stages=frozenset({"mine"}), baseline="mine")
    figure = waterfall_figure(choose_specimens(analysis))
    assert figure is not None
    assert "floor" not in figure.wide
    assert "var(--own)" in figure.wide
    assert "var(--gateway)" not in figure.wide


def test_nothing_to_show_is_no_figure() -> None:
    """An empty figure would say that there was something."""
    assert waterfall_figure(Specimens(arrival=None, shown=())) is None
