"""How to run it again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.rundata import StudyRecord
from reports import Analysis
from reports.sections.reproduction import (
    describe_wait,
    describe_waits,
    reproduction,
    study_facts,
)

Make = Callable[..., Analysis]


def test_the_command_can_be_copied(make_run: Make) -> None:
    """Quoted for a shell."""
    analysis = make_run(variants=("sequential",), arrivals=2, command=("bkash-bench", "--x", "a b"))
    assert reproduction(analysis).command == "bkash-bench --x 'a b'"


def test_seed_versions_and_machine_are_told(seven: Analysis) -> None:
    """Everything that a repetition needs."""
    facts = dict(reproduction(seven).facts)
    assert facts["seed"] == "1"
    assert "AMD EPYC, 2 cores, Linux 6.1" in facts["machine"]
    assert "bkash-bench 0.1.0" in facts["versions"]
    assert facts["memory"] == "8,000 MB"
    assert facts["arrivals"].startswith("4 a second")


def test_what_is_unknown_is_said(make_run: Make) -> None:
    """No commit outside a checkout, no machine that would not tell."""
    analysis = make_run(variants=("sequential", "mine"), arrivals=2)
    bare = replace(analysis.manifest, git_commit=None, machine={})
    analysis.folder.manifest = bare
    again = reproduction(analysis)
    facts = dict(again.facts)
    assert facts["commit"] == "not from a checkout"
    assert facts["memory"] == "unknown"
    assert dict(again.variants) == {"sequential": "no optimization", "mine": "a running backend"}


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        ({"kind": "constant", "value_s": 2.0}, "always 2 s"),
        ({"kind": "lognormal", "median_s": 1, "p95_s": 1.4}, "median 1 s, p95 1.4 s"),
        (
            {
                "kind": "lognormal", "median_s": 1, "p95_s": 1.4,
                "tail": {"probability": 0.01, "factor": 5},
            },
            "median 1 s, p95 1.4 s, 5 times slower once in 100",
        ),
        ({"kind": "constant", "value_s": 2, "tail": {"probability": 0, "factor": 5}}, "always 2 s"),
        ({"kind": "uniform", "low_s": 0.1, "high_s": 0.2}, "0.1 to 0.2 s"),
        ({"kind": "empirical", "file": "x.csv"}, "drawn from x.csv"),
        ({"kind": "constant"}, "{'kind': 'constant'}"),
        ({"kind": "new", "a": 1}, "{'kind': 'new', 'a': 1}"),
        ("a second", "a second"),
    ],
)  # fmt: skip
def test_a_distribution_is_told_in_words(wait: object, words: str) -> None:
    """And one of a later version as it stands."""
    assert describe_wait(wait) == words


def test_waits_are_told_by_operation_in_order():
    """A profile without any has none."""
    wait = {"kind": "constant", "value_s": 2.0}
    assert describe_waits({"operations": {"b": wait, "a": wait}}) == (
        ("a", "always 2 s"),
        ("b", "always 2 s"),
    )
    assert describe_waits({}) == ()


def test_every_study_tells_what_made_it():
    """Machine, commit and versions; what nobody knows is said so."""
    record = StudyRecord(
        schema_version=1,
        name="a",
        created_utc="",
        command=(),
        seed=1,
        wall_s=1.0,
        jobs=1,
        versions={"python": "3.11"},
        git_commit=None,
        machine={},
    )
    assert study_facts(record) == (
        ("machine", "unknown"),
        ("commit", "not from a checkout"),
        ("versions", "python 3.11"),
    )
