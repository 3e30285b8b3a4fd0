"""A probe's record without a probe."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.rundata import (
    PROBE,
    Agreement,
    CheckState,
    Mistake,
    ProbeCall,
    ProbeCheck,
    ProbeFigures,
    ProbeFinding,
    ProbePayment,
    ProbePurpose,
    ProbeRecord,
    ProbeRequest,
)

S = 1_000_000_000


def call(operation: str, start_s: float, end_s: float, request: str, *, new: bool = False):
    start_ns, end_ns = round(start_s * S), round(end_s * S)
    return ProbeCall(operation, start_ns, end_ns, 0, new, 200, "0000", request)


def request(name: str, start_s: float, end_s: float) -> ProbeRequest:
    return ProbeRequest(name, round(start_s * S), round(end_s * S), 200, "ok")


def payment(number: int, *, at_s: float = 0.0, slower_s: float = 0.0) -> ProbePayment:
    """Own 0.4, create 1.0, own 0.1; own 0.1, execute 1.0 + slower, own 0.1 s."""
    return ProbePayment(
        number=number,
        purpose=ProbePurpose.ROUTINE,
        payment_id=f"TR{number}",
        outcome="ok",
        error="",
        requests=(
            request("make_payment", at_s, at_s + 1.5),
            request("callback", at_s + 2.0, at_s + 3.2 + slower_s),
        ),
        calls=(
            call("create_payment", at_s + 0.4, at_s + 1.4, "make_payment", new=True),
            call("execute_payment", at_s + 2.1, at_s + 3.1 + slower_s, "callback"),
        ),
    )


FIGURES = ProbeFigures(
    payments=3,
    payment_s=2.7,
    make_payment_s=1.5,
    callback_s=1.2,
    create_s=1.0,
    execute_s=1.0,
    token_s=0.0,
    query_s=0.0,
    before_create_s=0.4,
    after_create_s=0.1,
    before_execute_s=0.1,
    after_execute_s=None,
    token_calls=1,
    gateway_calls=7,
    new_connections=3,
)

FINDING = ProbeFinding(
    mistake="serial_work",
    title="Checks run one after the other before bKash is called.",
    evidence=("a, b run one after the other: <0.5 s>.", "Seen from outside, 0.9 s."),
    cost_s=0.5,
    every_payment=True,
    cost="0.50 s per payment.",
    remedy="Run them at once.",
    payments=(1, 2, 3),
)


def checks(found: set[str], unseen: set[str]) -> tuple[ProbeCheck, ...]:
    def state(name: str) -> CheckState:
        if name in found:
            return CheckState.FOUND
        return CheckState.NOT_CHECKED if name in unseen else CheckState.CLEAR

    return tuple(ProbeCheck(m.value, f"{m.value} it is", state(m.value), "Why.") for m in Mistake)


@pytest.fixture
def record() -> Callable[..., ProbeRecord]:
    """Make a record of three payments."""

    def make(*findings: ProbeFinding, unseen: tuple[str, ...] = (), **changes: Any) -> ProbeRecord:
        special = replace(
            payment(4, at_s=40.0),
            purpose=ProbePurpose.HUNG_GATEWAY,
            outcome="timeout",
            error="callback: no whole answer within 20 s",
        )
        made = ProbeRecord(
            schema_version=PROBE.version,
            created_utc="2026-11-23T10:00:00+00:00",
            command=("bkash-bench", "probe", "--target", "my shop.toml"),
            target="shop",
            url="http://127.0.0.1:3000",
            gateway_url="http://127.0.0.1:8700/v1.2.0-beta",
            profile="guide",
            profile_data={
                "operations": {
                    "create_payment": {"kind": "constant", "value_s": 1.0},
                    "validate_user": {"kind": "constant", "value_s": 0.25},
                }
            },
            seed=7,
            duration_s=80.0,
            probed=True,
            clock_accuracy_s=0.0004,
            app_key="k",
            findings=findings,
            checks=checks({f.mistake for f in findings}, set(unseen)),
            figures=FIGURES,
            agreements=(Agreement("create_payment", 3, 0.402, 0.400, 0.005, 0.012),),
            payments=(
                payment(1),
                payment(2, at_s=10.0, slower_s=0.5),
                payment(3, at_s=20.0, slower_s=1.0),
                special,
            ),
            notes=("A note.",),
            versions={"python": "3.11"},
            machine={"cpu": "any", "system": "Linux"},
        )
        return replace(made, **changes)

    return make


@pytest.fixture
def finding() -> ProbeFinding:
    """A finding that every payment pays for."""
    return FINDING


@pytest.fixture
def make_payment() -> Callable[..., ProbePayment]:
    """Payments of three seconds."""
    return payment


@pytest.fixture
def make_call() -> Callable[..., ProbeCall]:
    """Calls of a shop."""
    return call
