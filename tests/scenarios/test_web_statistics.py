"""What Locust shows of a run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.real_time

QUICK = (
    *("-u", "3", "-r", "3", "--payments", "6", "-t", "100s"),
    *("--land-think", "0.1", "--approve-think", "0.1"),
)
"""Bounded by count; the time is for a run that hangs."""
REQUESTS = {
    ("GET", "land"),
    ("POST", "prefetch"),
    ("POST", "make-payment"),
    ("GET", "approve"),
    ("GET", "callback"),
}
STAGES = {("STAGE", "create_payment"), ("STAGE", "validate_user")}


def rows(text: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["method"], row["name"]): row for row in json.loads(text)}


@pytest.mark.parametrize(
    ("arguments", "expected"), [([], REQUESTS | STAGES), (["--stage-stats", "off"], REQUESTS)]
)
def test_requests_and_stages_have_rows_of_their_own(
    shop: Any, locust: Callable[..., Any], arguments: list[str], expected: set[tuple[str, str]]
) -> None:
    """Every step is a row by its name; stages are shown unless they are switched off."""
    ended = locust("--host", shop.url, *QUICK, "--json", *arguments)
    assert ended.status == 0, ended.log
    found = rows(ended.output)
    assert set(found) == expected
    assert {(row["num_requests"], row["num_failures"]) for row in found.values()} == {(6, 0)}
    if arguments == []:
        assert found[("STAGE", "create_payment")]["max_response_time"] == 20.5


def test_failure_is_shown_with_its_outcome(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """Locust counts it, says what it was, and exits as it does for any failure."""
    target = tmp_path / "wrong.toml"
    target.write_text(
        'name = "wrong"\nland = "GET /checkout/{course_id}?user_id={user_id}"\n'
        'make_payment = "POST /elsewhere"\nredirect_url = "data.bkashURL"\n'
    )
    ended = locust("--host", shop.url, *QUICK, "--bkash-target", str(target))
    assert ended.status == 1
    assert "protocol: the answer has no data.bkashURL to go to" in ended.log
