"""Where a value stands in an answer, as one word of a target.

data.bkashURL     a field of the JSON body, by its path; a number picks an item of a list
header:Location   a header of the answer
query:status      a parameter in the query of the answer's `Location`
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import msgspec

__all__ = ["Pointer", "Source", "query_of"]


class Source(StrEnum):
    """Name the parts of an answer that a pointer can point into."""

    JSON = "json"
    HEADER = "header"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Point at one value of an answer.

    Attributes:
        source: the part of the answer.
        name: dotted path, header or parameter.
    """

    source: Source
    name: str

    @classmethod
    def parse(cls, text: str) -> "Pointer":
        """Read a pointer as it stands in a target.

        Raises:
            ValueError: it names no value.
        """
        source, colon, name = text.partition(":")
        if not colon:
            source, name = Source.JSON, text
        if source not in list(Source) or not name or "" in name.split("."):
            raise ValueError(
                f"{text!r} points nowhere; write a path such as data.bkashURL, header:Location or"
                " query:status"
            )
        return cls(Source(source), name)

    def __str__(self) -> str:
        return self.name if self.source is Source.JSON else f"{self.source}:{self.name}"

    def find(self, headers: Mapping[str, str], body: bytes) -> str | None:
        """Return the value as text; None where the answer has none there, or no text or number."""
        if self.source is Source.HEADER:
            return headers.get(self.name.lower())
        if self.source is Source.QUERY:
            values = parse_qs(query_of(headers.get("location", ""))).get(self.name)
            return values[0] if values else None
        return _find_in_json(body, self.name)


def query_of(url: str) -> str:
    """Return the query of a URL, absolute or not; its other parts are not looked at."""
    return url.partition("#")[0].partition("?")[2]


@lru_cache(maxsize=4)
def _decode(body: bytes) -> Any:
    # Asked three things, one answer is read once. Whoever reads it changes nothing in it.
    return msgspec.json.decode(body)


def _find_in_json(body: bytes, path: str) -> str | None:
    try:
        value = _decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)
