"""Laws of JUnit XML."""

import re
from xml.etree import ElementTree

import pytest

from harness.gate.check import Check, Outcome
from harness.gate.grammar import parse_limit
from harness.gate.judgement import Judgement
from harness.gate.junit import junit_xml

(CEILING,) = parse_limit("p95 each_stage < 3s", clock="virtual")
(COUNT,) = parse_limit("errors <= 0", clock="virtual")
JUDGEMENT = Judgement(
    checks=(
        Check(CEILING, "sequential", "create_payment", Outcome.EXCEEDED, value=3.5, allowed=3.0),
        Check(CEILING, "sequential", "db\x00<&>\ud800", Outcome.PASSED, value=-1e-9, allowed=3.0),
        Check(CEILING, "sequential", "token_refresh", Outcome.SKIPPED, remark="has none"),
        Check(COUNT, "sequential", "errors", Outcome.PASSED, value=0.0, allowed=0.0),
    ),
    invalid=("It was stopped.", "It was late."),
)

# What the two schemas ask of an element: its attributes (True: required) and its children in order.
# Sources: JUnit.xsd of github.com/windyroad/JUnit-Schema (Apache Ant); junit-10.xsd of
# github.com/jenkinsci/xunit-plugin. Only what both allow is listed.
SCHEMA = {
    "testsuites": ({}, ["testsuite"]),
    "testsuite": (
        {
            "id": r"\d+",
            "package": ".*",
            "name": ".+",
            "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
            "hostname": ".+",
            "tests": r"\d+",
            "failures": r"\d+",
            "errors": r"\d+",
            "skipped": r"\d+",
            "time": r"\d+\.\d+",
        },
        ["properties", "testcase", "system-out", "system-err"],
    ),
    "properties": ({}, ["property"]),
    "property": ({"name": ".+", "value": ".*"}, []),
    "testcase": ({"name": ".*", "classname": ".*", "time": r"\d+\.\d+"}, ["result"]),
    "failure": ({"type": ".*", "message": ".*"}, []),
    "error": ({"type": ".*", "message": ".*"}, []),
    "skipped": ({"message": ".*"}, []),
    "system-out": ({}, []),
    "system-err": ({}, []),
}
RESULTS = ("failure", "error", "skipped")


def require_valid(element):
    attributes, children = SCHEMA[element.tag]
    assert set(element.attrib) == set(attributes)
    for name, pattern in attributes.items():
        assert re.fullmatch(pattern, element.attrib[name], re.DOTALL), (element.tag, name)
    order = ["result" if child.tag in RESULTS else child.tag for child in element]
    assert order == sorted(order, key=children.index)
    if element.tag == "testcase":
        assert len(element) <= 1
    for child in element:
        require_valid(child)


@pytest.fixture
def document(plan_of):
    return ElementTree.fromstring(junit_xml(JUDGEMENT, plan_of()))


def test_document_is_what_both_schemas_allow(document, plan_of):
    """Ant's and Jenkins'; an empty judgement too."""
    assert document.tag == "testsuites"
    require_valid(document)
    require_valid(ElementTree.fromstring(junit_xml(Judgement(()), plan_of())))


def test_every_variant_and_limit_is_one_case(document):
    """A suite per variant that was judged, and one for the run as a whole."""
    suites = {suite.get("name"): suite for suite in document}
    assert list(suites) == ["run", "sequential"]
    mine = suites["sequential"]
    assert [case.get("name") for case in mine.iter("testcase")] == [
        "p95 create_payment < 3s",
        "p95 db\ufffd<&>\ufffd < 3s",
        "p95 token_refresh < 3s",
        "errors <= 0",
    ]
    assert {case.get("classname") for case in mine.iter("testcase")} == {"bkash-bench.sequential"}
    counts = {key: mine.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "4", "failures": "1", "errors": "0", "skipped": "1"}


def test_failure_says_the_whole_sentence(document):
    """Variant, stage, and both numbers."""
    (failure,) = document.iter("failure")
    assert failure.get("type") == "limit exceeded"
    assert failure.get("message") == failure.text == JUDGEMENT.checks[0].sentence


def test_time_of_a_case_is_its_figure(document):
    """A CI that draws durations draws the payment's, and no sign breaks it."""
    times = [case.get("time") for case in document[1].iter("testcase")]
    assert times == ["3.500000", "0.000000", "0.000000", "0.000000"]
    assert document[1].get("time") == "3.500000"


def test_invalid_run_is_an_error_not_a_failure(document):
    """Nothing was shown to be slow; nothing was shown at all."""
    (error,) = document.iter("error")
    assert error.get("message") == "It was stopped."
    assert error.text == "It was stopped.\nIt was late."
    assert [case.get("name") for case in document[0].iter("testcase")] == [
        "the audit finds no wrong money",
        "the numbers may be believed",
        "every limit can judge",
    ]


def test_same_judgement_is_the_same_bytes(plan_of):
    """It holds the run's time, not the time of writing."""
    content = junit_xml(JUDGEMENT, plan_of())
    assert content == junit_xml(JUDGEMENT, plan_of())
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<testsuites>")
    assert b'timestamp="2026-11-23T10:15:00"' in content
