"""A judgement as JUnit XML, which every CI reads.

Valid against both schemas in use: Apache Ant's (github.com/windyroad/JUnit-Schema) and Jenkins'
xUnit plugin's `junit-10.xsd`. A suite per variant with a test case per limit; `time` holds the
figure itself where it is a time, so that CI's own history shows it. A failed limit is a failure;
what makes all figures worthless (wrong money, an invalid run, a useless limit) is an error.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree import ElementTree

from harness.gate.check import Check, Outcome
from harness.gate.judgement import Judgement
from harness.gate.metric import COUNTS
from harness.rundata import Manifest

__all__ = ["junit_xml"]

_PACKAGE = "bkash-bench"
_HOST = "localhost"
"""Ant's schema wants a host and names this one for whoever does not say."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped (section 2.2)."""


def junit_xml(judgement: Judgement, manifest: Manifest) -> bytes:
    """Return the document as UTF-8."""
    root = ElementTree.Element("testsuites")
    for number, (name, cases) in enumerate(_suites(judgement, manifest)):
        root.append(_suite(name, cases, manifest, number=number))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{text}\n".encode()


def _suites(
    judgement: Judgement, manifest: Manifest
) -> Iterator[tuple[str, list[ElementTree.Element]]]:
    yield (
        "run",
        [
            _verdict_case("the audit finds no wrong money", judgement.violations),
            _verdict_case("the numbers may be believed", judgement.invalid),
            _verdict_case("every limit can judge", judgement.objections),
        ],
    )
    for record in manifest.variants:
        checks = [check for check in judgement.checks if check.variant == record.name]
        if checks:
            yield record.name, [_case(check) for check in checks]


def _suite(
    name: str, cases: Sequence[ElementTree.Element], manifest: Manifest, *, number: int
) -> ElementTree.Element:
    total_s = sum(float(case.attrib["time"]) for case in cases)
    counts = {
        word: str(sum(case.find(tag) is not None for case in cases))
        for word, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    suite = ElementTree.Element(
        "testsuite",
        {
            "id": str(number),
            "package": _PACKAGE,
            "name": _clean(name),
            "timestamp": _timestamp(manifest.created_utc),
            "hostname": _HOST,
            "tests": str(len(cases)),
            **counts,
            "time": f"{total_s:.6f}",
        },
    )
    suite.append(_properties(manifest))
    suite.extend(cases)
    for stream in ("system-out", "system-err"):
        ElementTree.SubElement(suite, stream)
    return suite


def _properties(manifest: Manifest) -> ElementTree.Element:
    properties = ElementTree.Element("properties")
    told = {
        "run": manifest.name,
        "clock": manifest.clock,
        "profile": manifest.configuration.profile,
        "seed": str(manifest.configuration.seed),
        "commit": manifest.git_commit or "",
    }
    for name, value in told.items():
        ElementTree.SubElement(properties, "property", name=name, value=_clean(value))
    return properties


def _verdict_case(name: str, sentences: Sequence[str]) -> ElementTree.Element:
    case = _new_case("run", name, time_s=0.0)
    if sentences:
        _tell(case, "error", kind=name, message=sentences[0], text="\n".join(sentences))
    return case


def _case(check: Check) -> ElementTree.Element:
    is_time = check.metric not in COUNTS
    # The schema's decimals have no sign; an overhead may be a hair below nothing.
    time_s = max(0.0, check.value or 0.0) if is_time else 0.0
    case = _new_case(check.variant, check.name, time_s=time_s)
    if check.outcome.failed:
        _tell(case, "failure", kind=check.outcome, message=check.sentence, text=check.sentence)
    elif check.outcome is Outcome.SKIPPED:
        ElementTree.SubElement(case, "skipped", message=_clean(check.remark))
    return case


def _new_case(classname: str, name: str, *, time_s: float) -> ElementTree.Element:
    return ElementTree.Element(
        "testcase",
        {
            "name": _clean(name),
            "classname": f"{_PACKAGE}.{_clean(classname)}",
            "time": f"{time_s:.6f}",
        },
    )


def _tell(case: ElementTree.Element, tag: str, *, kind: str, message: str, text: str) -> None:
    inner = ElementTree.SubElement(case, tag, type=_clean(kind), message=_clean(message))
    inner.text = _clean(text)


def _timestamp(created_utc: str) -> str:
    """Return the time as Ant's schema has it: without an offset, so UTC is meant."""
    return datetime.fromisoformat(created_utc).replace(tzinfo=None).isoformat(timespec="seconds")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
