"""Targets: what describes a shop."""

import dataclasses

import pytest

from harness.load import Endpoint, load_target


def test_target_cannot_be_changed_under_a_run() -> None:
    """Two variants may share a target, so nobody can change it."""
    target = load_target("merchant")
    with pytest.raises(dataclasses.FrozenInstanceError):
        target.name = "other"  # type: ignore[misc]


def test_endpoints_with_equal_parts_are_equal() -> None:
    """An endpoint is its method and its path."""
    assert Endpoint("GET", "/a") == Endpoint("GET", "/a") != Endpoint("POST", "/a")
