"""Laws of exit statuses."""

import pytest

from harness.cli.exit_status import exit_status
from harness.errors import ConfigurationError, InvalidRunError, RunDataError
from harness.lab import Interrupted


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConfigurationError("x"), 2),
        (RunDataError("x"), 2),
        (InvalidRunError("x"), 12),
        (Interrupted(2), 130),
        (Interrupted(15), 143),
    ],
)
def test_every_error_has_its_status(error, status):
    """2 is the user's to mend, 12 an invalid run, 128 + n a signal."""
    assert exit_status(error) == status
