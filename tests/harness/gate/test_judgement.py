"""Laws of judgement."""

import pytest

from harness.gate.baseline import Baseline
from harness.gate.check import Outcome
from harness.gate.gate import open_gate
from harness.gate.grammar import parse_limit
from harness.gate.judgement import Conclusion, judge
from harness.stats import WarningKind

VARIANTS = ("sequential", "optimized")
TORN = WarningKind.TORN_RECORD.about(sentence="A record was torn.")
INTERRUPTED = WarningKind.INTERRUPTED.about()
WRONG = WarningKind.AUDIT_VIOLATED.about("sequential", violations="1 violation", n=9)
ERRORS = WarningKind.ERRORS.about("sequential", failed=3, n=9, outcomes="3 timeout")


@pytest.fixture
def judgement_of(plan_of, figures_of):
    """Return a function that judges figures of two variants."""

    def judged(*texts, figures=None, baseline=None, warnings=(), **plan):
        manifest = plan_of(**plan)
        limits = [
            limit
            for text in texts
            for limit in parse_limit(text, clock=manifest.clock, origin="--limit")
        ]
        past = Baseline.of_run(manifest, baseline, origin="base.json") if baseline else None
        usual = {name: figures_of() for name in VARIANTS}
        gate = open_gate(limits, past, plan=manifest)
        return judge(gate, usual | (figures or {}), warnings=warnings)

    return judged


SLOW = {"create_payment": 0.5}


def test_conclusion_is_the_worst_in_its_order(judgement_of, figures_of):
    """Wrong money, then an invalid run, a useless limit, a regression, a limit."""
    usual = dict.fromkeys(VARIANTS, figures_of())
    now = {"sequential": figures_of(slower_s=SLOW)}
    limits = ["p50 payment_time < 2.5s", "p50 payment_time +1%", "p95 token_refresh < 1s"]
    said = []
    for count, warnings in (
        (1, ()),
        (2, ()),
        (3, ()),
        (3, (INTERRUPTED,)),
        (3, (INTERRUPTED, WRONG)),
    ):
        judgement = judgement_of(
            *limits[:count], figures=now, baseline=usual if count > 1 else None, warnings=warnings
        )
        said.append(judgement.conclusion)
    assert said == [
        Conclusion.EXCEEDED,
        Conclusion.REGRESSED,
        Conclusion.UNUSABLE,
        Conclusion.INVALID,
        Conclusion.WRONG,
    ]
    assert judgement_of("p50 payment_time < 9s").conclusion is Conclusion.PASSED


def test_warnings_are_sorted_into_what_they_mean(judgement_of):
    """A torn record is worth a word, not a red light."""
    judgement = judgement_of("guide", warnings=(TORN, INTERRUPTED, WRONG, ERRORS))
    assert judgement.violations == (WRONG.sentence,)
    assert judgement.invalid == (INTERRUPTED.sentence, ERRORS.sentence)
    assert judgement.notes == ()


def test_limit_on_errors_decides_about_errors(judgement_of, figures_of):
    """Whoever says how many payments may fail does not call a run with fewer invalid."""
    figures = {
        "sequential": figures_of(
            counts={"gateway_calls_per_payment": 2.0, "token_grants": 4.0, "errors": 3.0}
        )
    }
    for most, conclusion in ((2, Conclusion.EXCEEDED), (3, Conclusion.PASSED)):
        judgement = judgement_of(f"errors <= {most}", figures=figures, warnings=(ERRORS,))
        assert judgement.conclusion is conclusion
        assert judgement.notes == (
            f"{ERRORS.sentence} A limit on errors says how many are allowed.",
        )
    other = judgement_of("optimized: errors <= 3", figures=figures, warnings=(ERRORS,))
    assert other.conclusion is Conclusion.INVALID


def test_limit_that_judged_nothing_is_an_objection(judgement_of):
    """With its place, and why for each variant."""
    judgement = judgement_of("p95 token_refresh < 1s", "guide")
    assert judgement.objections == (
        "--limit 'p95 token_refresh < 1s': it names nothing that this run has: sequential has no"
        " token_refresh; optimized has no token_refresh",
    )
    assert [check.outcome for check in judgement.checks][:2] == [Outcome.SKIPPED] * 2


def test_limit_that_judged_one_variant_is_none(judgement_of, figures_of, times_of):
    """A variant that never refreshed a token has nothing to be slow with."""
    figures = {"sequential": figures_of(stages={"token_refresh": times_of(2.0)})}
    assert judgement_of("p95 token_refresh < 9s", figures=figures).objections == ()


def test_backend_without_stages_is_judged_by_its_payment_time(judgement_of, figures_of):
    """The ready limit does not insist on stages; a limit that somebody wrote out does."""
    bare = dict.fromkeys(VARIANTS, figures_of(stages={}))
    assert judgement_of("regression", figures=bare, baseline=bare).conclusion is Conclusion.PASSED
    insisting = judgement_of("p95 each_stage < 9s", figures=bare)
    assert insisting.objections == (
        "--limit 'p95 each_stage < 9s': it names nothing that this run has: no variant has a stage",
    )


@pytest.mark.parametrize(
    ("limit", "useless"),
    [
        ("errors <= 1200", True),
        ("errors < 1201", True),
        ("errors < 1200", False),
        ("errors +1200", False),
        ("token_grants <= 5000", False),
    ],
)
def test_limit_on_errors_that_all_payments_could_not_exceed_is_an_objection(
    judgement_of, figures_of, limit, useless
):
    """1,200 of 1,200 payments may fail: then nothing is limited. More were planned than came."""
    usual = dict.fromkeys(VARIANTS, figures_of())
    judgement = judgement_of(limit, baseline=usual if "+" in limit else None, rate_per_s=2.5)
    told = f"--limit {limit!r}: it can never be exceeded: the run has 1200 payments"
    assert judgement.objections == ((told,) if useless else ())


def test_same_check_of_two_limits_is_made_once(judgement_of):
    """JUnit knows a case by its name."""
    judgement = judgement_of("guide", "optimized: guide")
    assert [check.variant for check in judgement.checks] == list(VARIANTS)
    assert judgement.objections == ()
    assert judgement.having(Outcome.PASSED) == list(judgement.checks)


def test_growth_in_no_stage_is_said_to_lie_between_them(judgement_of, figures_of, times_of):
    """Somebody who looks for it in a stage would look in vain."""
    usual = dict.fromkeys(VARIANTS, figures_of())
    slow = figures_of()
    slow.times["payment_time"] = times_of(2.4)
    told = (
        "No stage of sequential is slower: what was added lies between the stages, where nothing is"
        " timed.",
    )
    assert judgement_of("regression", figures={"sequential": slow}, baseline=usual).notes == told
    named = {"sequential": figures_of(slower_s=SLOW)}
    assert judgement_of("regression", figures=named, baseline=usual).notes == ()
    # Who did not ask for stages does not know.
    asked = judgement_of("p50 payment_time +1%", figures={"sequential": slow}, baseline=usual)
    assert (asked.conclusion, asked.notes) == (Conclusion.REGRESSED, ())
    calls = {"sequential": figures_of(counts={"token_grants": 9.0, "errors": 0.0})}
    counted = judgement_of("token_grants +0", "regression", figures=calls, baseline=usual)
    assert (counted.conclusion, counted.notes) == (Conclusion.REGRESSED, ())


def test_notes_tell_what_was_not_run_and_what_is_the_same(judgement_of, figures_of):
    """A baseline may know more variants; equal digests say more than equal figures."""
    mine = figures_of(digest="abc")
    judgement = judgement_of(
        "regression",
        figures={"optimized": mine},
        baseline={"sequential": figures_of(), "optimized": mine, "cached": figures_of()},
    )
    assert judgement.notes == (
        "The baseline also has cached; they were not run.",
        "Every sample is the same as the baseline's, to the nanosecond: optimized.",
    )
    plain = dict.fromkeys(VARIANTS, figures_of())
    assert judgement_of("regression", baseline=plain).notes == ()
