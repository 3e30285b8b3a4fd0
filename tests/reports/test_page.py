"""The page: self-contained, in order, and true to what went wrong."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from harness.rundata import Conduct
from reports import Analysis, analyse
from reports.page import render_comparison, render_run

Make = Callable[..., Analysis]

_VOID = {"meta", "br", "hr", "img", "input", "link", "col", "image", "use", "path"}


class _Outline(HTMLParser):
    """Collect headings and ids, and check that tags close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in {"src", "href", "action", "xlink:href"}:
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag


def _outline(page: str) -> _Outline:
    outline = _Outline()
    outline.feed(page)
    outline.close()
    return outline


@pytest.fixture(scope="module")
def page(seven: Analysis) -> str:
    """The report of the seven variants."""
    return render_run(seven)


def test_the_page_needs_nothing_from_outside(page: str) -> None:
    """No address but its own anchors and data; no script."""
    assert not re.search(r"https?://(?!127\.0\.0\.1)", page)
    assert "<script" not in page
    assert "@import" not in page
    assert "url(" not in re.sub(r"url\(#", "", page)
    assert all(link.startswith(("#", "data:")) for link in _outline(page).links)


def test_the_page_is_well_formed_and_its_headings_descend(page: str) -> None:
    """Every tag closes, no id twice, one h1, no level left out."""
    outline = _outline(page)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(outline.headings))


def test_the_same_run_gives_the_same_page(seven: Analysis, page: str) -> None:
    """Byte for byte."""
    assert render_run(seven) == page


def test_the_page_is_small(page: str) -> None:
    """Under 2 MB, even with both widths of each figure."""
    assert len(page.encode()) < 1_000_000


def test_sections_come_in_the_order_of_urgency(page: str) -> None:
    """Verdict, waterfall, times, quantiles, stale tokens, cost, stages, claims, audit, the rest."""
    marks = [
        "less time per payment",
        'id="waterfall"',
        'id="times"',
        'id="quantiles"',
        'id="stale"',
        'id="cost"',
        'id="stages"',
        'id="claims"',
        'id="audit"',
        'id="warnings"',
        'id="assumed"',
        'id="again"',
    ]
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "sentence",
    [
        "if bKash is as slow as profile “guide”",
        "bKash would block sequential after its second grant in an hour",
        "savings sum to 3.5 s",
        "It does not cover whether the profile is right",
        "Modelled: how long bKash and the database take to answer",
        "bkash-bench compare --seed 1",
    ],
)
def test_the_page_says_what_a_reader_must_know(page: str, sentence: str) -> None:
    """In words, not only in figures."""
    assert sentence in page.replace("\N{NO-BREAK SPACE}", " ")


def test_a_figure_and_its_unit_stay_together(page: str, make_run: Make) -> None:
    """No line ends between them; a command to copy has no such spaces."""
    assert "savings sum to 3.5\N{NO-BREAK SPACE}s (" in page
    command = ("bkash-bench", "compare", "--out", "after 5 s")
    other = render_run(make_run(variants=("sequential",), arrivals=2, command=command))
    assert "--out &#39;after 5 s&#39;" in other


def test_a_valid_run_says_so_and_an_invalid_one_first(page: str, make_run: Make) -> None:
    """What must not be believed is said above what is shown."""
    assert "valid run ✓" in page
    assert "Do not rely on these figures" not in page
    bad = render_run(make_run(failures={"stored": {"timeout": 9}}))
    assert "invalid run ✗" in bad
    assert bad.index("Do not rely on these figures") < bad.index("less time per payment")
    assert "9 of 260 payments failed" in bad


def test_a_violated_audit_stands_at_the_top(make_run: Make) -> None:
    """Money before time."""
    analysis = make_run(variants=("sequential", "stored"))
    found = {"ok": False, "payments": 9, "violations": [{"invariant": "a", "message": "twice"}]}
    analysis.folder.write_ledger({"stored": found})
    page = render_run(analyse(analysis.folder))
    assert page.index("The ledger does not add up") < page.index("less time per payment")
    assert "(a) twice" in page
    assert "audit ✗" in page


def test_notes_of_strangers_are_escaped(make_run: Make) -> None:
    """A run folder is data, not markup."""
    conduct = Conduct(notes=("<script>alert(1)</script>",))
    page = render_run(make_run(variants=("sequential",), conduct=conduct))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "recipe",
    [
        {"variants": ("optimized",)},
        {"empty": frozenset({"sequential"})},
        {"variants": ("stored", "cached"), "empty": frozenset({"stored", "cached"})},
        {"variants": ("sequential", "mine"), "without_stages": frozenset({"mine"})},
        {"variants": ("mine",), "without_stages": frozenset({"mine"}), "baseline": "mine"},
        {"costs": False, "ledger": False, "conduct": None},
        {"arrivals": 1, "warmup_arrivals": 0},
        {"arrivals": 2, "warmup_arrivals": 1},
        {"variants": ("sequential",), "failures": {"sequential": {"timeout": 260}}},
        {"time_scale": 0.1},
    ],
    ids=[
        "one variant, no baseline",
        "baseline without payments",
        "no payments at all",
        "a backend without stages",
        "nothing but a backend without stages",
        "crashed run",
        "one payment",
        "two payments",
        "only failures",
        "time scale",
    ],
)
def test_every_run_has_a_page(make_run: Make, recipe: dict[str, object]) -> None:
    """Whatever is missing, what is there is shown."""
    outline = _outline(render_run(make_run(**recipe)))
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))


def test_waits_at_a_scale_are_explained(make_run: Make) -> None:
    """What was run small and is shown large is said."""
    assert "Waits were run at 0.1 of their size" in render_run(make_run(time_scale=0.1))


def test_runs_side_by_side_have_a_page(make_run: Make) -> None:
    """Self-contained too, and invalid runs first."""
    one = {"variants": ("sequential", "stored")}
    broken = make_run(**one, conduct=Conduct(interrupted=True), costs=False)
    page = render_comparison([make_run(**one), broken, make_run(**one, seed=2)])
    outline = _outline(page)
    assert outline.open == []
    assert outline.links == []
    assert len(outline.ids) == len(set(outline.ids))
    assert "Do not rely on run B" in page
    same = render_comparison([make_run(**one), make_run(**one)])
    assert "Nothing: configuration, variants, code, versions and machine are the same." in same
