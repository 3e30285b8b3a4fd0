"""`probe.json`: what a probe saw, and what it found."""

import json

from harness.rundata import (
    PROBE,
    Mistake,
    ProbeCall,
    ProbePayment,
    ProbePurpose,
    ProbeRecord,
    ProbeRequest,
)


def request(name: str, start_ns: int, end_ns: int) -> ProbeRequest:
    return ProbeRequest(name, start_ns, end_ns, 200, "ok")


PAYMENT = ProbePayment(
    number=1,
    purpose=ProbePurpose.ROUTINE,
    payment_id="TR1",
    outcome="ok",
    error="",
    requests=(request("land", 0, 5), request("make_payment", 5, 15), request("callback", 20, 40)),
    calls=(ProbeCall("create_payment", 6, 14, 7, True, 200, "0000", "make_payment"),),
)

RECORD = ProbeRecord(
    schema_version=PROBE.version,
    created_utc="2026-11-23T10:00:00+00:00",
    command=("bkash-bench", "probe"),
    target="merchant",
    url="http://127.0.0.1:3000",
    gateway_url="http://127.0.0.1:8700/v1.2.0-beta",
    profile="guide",
    profile_data={},
    seed=1,
    duration_s=80.0,
    probed=True,
    clock_accuracy_s=None,
    app_key="k",
    findings=(),
    checks=(),
    figures=None,
    agreements=(),
    payments=(PAYMENT,),
)


def test_what_is_written_is_what_is_read(tmp_path):
    """Nothing is lost, and no half of a file is ever seen."""
    path = PROBE.write(tmp_path, RECORD)
    assert path.name == PROBE.name
    assert PROBE.read(tmp_path) == RECORD
    assert [entry.name for entry in tmp_path.iterdir()] == [PROBE.name]


def test_payment_time_is_that_of_its_two_requests():
    """Landing and the shopper's time at bKash do not count."""
    assert PAYMENT.duration_ns == 30
    assert PAYMENT.paid
    assert PAYMENT.request("approve") is None
    assert PAYMENT.calls_of("create_payment", "x")[0].duration_ns == 8


def test_the_names_of_mistakes_are_part_of_the_format(tmp_path):
    """They are typed after --fail-on and kept in files, so none may change unseen."""
    names = [mistake.value for mistake in Mistake]
    assert len(names) == 16
    assert names[:5] == [
        "unreachable",
        "unreadable",
        "gateway_not_called",
        "payments_fail",
        "grant_per_request",
    ]
    PROBE.write(tmp_path, RECORD)
    assert json.loads((tmp_path / PROBE.name).read_text())["schema_version"] == PROBE.version
