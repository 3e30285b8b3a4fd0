"""The package itself: its names are loaded on their first use."""

import subprocess
import sys

import pytest

import mock_bkash


def test_every_name_is_there():
    """And listed, before it is used."""
    assert set(mock_bkash.__all__) <= set(dir(mock_bkash))
    for name in mock_bkash.__all__:
        assert getattr(mock_bkash, name) is not None


def test_a_name_that_there_is_not():
    """As of any module."""
    with pytest.raises(AttributeError, match="module 'mock_bkash' has no attribute 'nothing'"):
        _ = mock_bkash.nothing


def test_importing_it_loads_nothing():
    """A name brings in what it needs."""
    program = (
        "import sys, mock_bkash; print('starlette' in sys.modules);"
        " from mock_bkash import create_app; print('starlette' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "True"]
