"""Laws of the Markdown summary."""

import pytest

from harness.gate.check import Check, Outcome
from harness.gate.grammar import parse_limit
from harness.gate.judgement import Conclusion, Judgement
from harness.gate.markdown import markdown_summary

(CEILING,) = parse_limit("p95 each_stage < 3s", clock="virtual", why="promised")
(GROWTH,) = parse_limit("p50 each_stage +2%", clock="virtual")


def check_of(limit, outcome, **values):
    return Check(limit, "cached", "create_payment", outcome, **values)


def rows(text):
    return [line for line in text.splitlines() if line.startswith("| cached")]


def test_what_failed_comes_first_with_both_numbers(plan_of):
    """The rest is folded away."""
    judgement = Judgement(
        (
            check_of(CEILING, Outcome.PASSED, value=1.5, allowed=3.0),
            check_of(GROWTH, Outcome.REGRESSED, value=1.05, baseline=1.0, allowed=1.02),
            check_of(CEILING, Outcome.EXCEEDED, value=3.5, allowed=3.0),
        )
    )
    text = markdown_summary(judgement, plan_of())
    assert text.startswith(
        "## ❌ Slower than the baseline\n\n"
        "Run a run, virtual clock, profile constant, seed 1. 2 of 3 checks failed.\n\n"
        "| variant | figure | now | baseline | change | allowed | outcome |\n"
    )
    assert rows(text) == [
        r"| cached | p50 create\_payment | 1.05 s | 1 s | +50 ms | +2% | regression |",
        r"| cached | p95 create\_payment | 3.5 s | – | – | \< 3s | limit exceeded; promised |",
        r"| cached | p95 create\_payment | 1.5 s | – | – | \< 3s | passed; promised |",
    ]
    assert text.index("<summary>1 that did not fail</summary>") > text.index("limit exceeded")
    assert text.endswith("</details>\n")


def test_changes_have_their_sign(plan_of):
    """Slower, faster, the same, new."""
    changes = [(1.1, 1.0), (0.9, 1.0), (1.0, 1.0), (1.0, None)]
    judgement = Judgement(
        tuple(
            check_of(GROWTH, Outcome.REGRESSED, value=value, baseline=baseline)
            for value, baseline in changes
        )
    )
    cells = [row.split(" | ")[4] for row in rows(markdown_summary(judgement, plan_of()))]
    assert cells == ["+100 ms", "−100 ms", "±0 ms", "new"]


@pytest.mark.parametrize(
    ("judgement", "headline"),
    [
        (Judgement(()), "✅ Gate passed"),
        (Judgement((), objections=("It is useless.",)), "⚠️ A limit judges nothing"),
        (Judgement((), invalid=("It was stopped.",)), "⚠️ Invalid run"),
        (Judgement((), violations=("It charged twice.",)), "❌ Wrong money"),
    ],
)
def test_headline_is_the_conclusion(plan_of, judgement, headline):
    """And every reason is said."""
    text = markdown_summary(judgement, plan_of())
    assert text.startswith(f"## {headline}")
    for sentence in (*judgement.objections, *judgement.invalid, *judgement.violations):
        assert f"- **{sentence}**" in text
    assert set(Conclusion) > {judgement.conclusion}


def test_names_cannot_break_the_page(plan_of):
    """They come from files and from backends."""
    judgement = Judgement(
        (Check(GROWTH, "a|b", "<img>\n# x", Outcome.SKIPPED, remark="*no*"),), notes=("[x](y)",)
    )
    text = markdown_summary(judgement, plan_of())
    assert r"| a\|b | p50 \<img\> \# x |" in text
    assert r"not judged; \*no\*" in text
    assert r"- \[x\](y)" in text
