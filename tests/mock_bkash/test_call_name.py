"""Names of calls."""

import re
from pathlib import Path

import pytest

from mock_bkash.choice import Quirk
from mock_bkash.latency import DATABASE_OPERATIONS, GATEWAY_OPERATIONS, OPERATIONS
from mock_bkash.payment import PaymentState
from mock_bkash.wire import refund_v2
from mock_bkash.wire.tokenized import PATHS

PAGE = Path(__file__).parents[2] / "docs" / "mock.md"


def test_every_call_served_can_be_profiled():
    """No gateway operation goes without a place in a profile."""
    assert set(PATHS.values()) <= set(GATEWAY_OPERATIONS)


def test_no_name_stands_twice():
    """One spelling, one meaning."""
    assert len(set(OPERATIONS)) == len(OPERATIONS)
    assert OPERATIONS == DATABASE_OPERATIONS + GATEWAY_OPERATIONS


@pytest.mark.parametrize("path", [*PATHS, *refund_v2.PATHS])
def test_every_path_of_merchants_is_documented(path: str):
    """In the tables of calls: below the base URL, or whole at the root of the host."""
    assert f"`{path.removeprefix('/v1.2.0-beta')}`" in PAGE.read_text()


@pytest.mark.parametrize("name", [*OPERATIONS, *PaymentState])
def test_every_name_is_documented(name: str):
    """Of an operation that a profile can slow down, and of a state that a payment can be in."""
    set_in_code = re.findall(r"`([^`\n]+)`", PAGE.read_text())
    assert name in {word for text in set_in_code for word in text.split(" → ")}


@pytest.mark.parametrize("quirk", list(Quirk))
def test_every_quirk_is_documented(quirk: str):
    """With what is done without it."""
    assert f"--quirk {quirk}`" in PAGE.read_text()
