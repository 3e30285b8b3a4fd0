"""What some fixtures need and others do not."""

import pytest

from mock_bkash.testing import MockError
from mock_bkash.testing.extra import extra


def test_a_missing_package_is_named_with_its_remedy():
    """In one line."""
    with pytest.raises(MockError) as refused, extra("respx"):
        raise ModuleNotFoundError("No module named 'respx'", name="respx")
    assert str(refused.value) == (
        "this needs respx, which is not installed: pip install 'bkash-bench[pytest]'"
    )


def test_another_missing_module_is_not_mistaken_for_it():
    """A fault in what is there stays what it is."""
    with pytest.raises(ModuleNotFoundError, match="other"), extra("respx"):
        raise ModuleNotFoundError("No module named 'other'", name="other")
