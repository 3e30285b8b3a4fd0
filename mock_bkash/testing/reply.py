"""What the mock answers to a test that asks it something, by whatever way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from msgspec import DecodeError
from msgspec.json import decode

__all__ = ["Ask", "MockError", "Reply"]


class MockError(AssertionError):
    """The mock cannot do as a test asks; the message is the mock's own sentence."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold an answer.

    Attributes:
        status: HTTP status.
        headers: by lower-case name.
        body: as it came.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the JSON object in the body.

        Raises:
            MockError: the mock refused.
        """
        if self.status >= 400:
            raise MockError(self._complaint())
        answer: dict[str, Any] = decode(self.body)
        return answer

    def _complaint(self) -> str:
        try:
            return str(decode(self.body)["message"])
        except (DecodeError, KeyError, TypeError):
            return f"the mock answered {self.status}"


class Ask(Protocol):
    """Send the mock a request that is no call of a shop's."""

    def __call__(self, method: str, target: str, *, body: bytes = b"", kind: str = "") -> Reply:
        """Return the answer to a request to `target`, a path with its query.

        `kind` is the content type of the body.
        """
        ...
