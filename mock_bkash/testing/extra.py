"""Packages that only some fixtures need, and what to install where one is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from mock_bkash.testing.reply import MockError

__all__ = ["extra"]


@contextmanager
def extra(package: str) -> Iterator[None]:
    """Import something that needs a package of the extra `pytest`.

    Raises:
        MockError: it is not installed; the message says how to.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise MockError(
            f"this needs {package}, which is not installed: pip install 'bkash-bench[pytest]'"
        ) from error
