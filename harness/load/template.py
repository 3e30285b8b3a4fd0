"""Values of a target with places in them that each shopper fills: `/checkout/{course_id}`."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

__all__ = ["PLACES", "PlaceEmpty", "fill", "fill_text", "places_in"]

PLACES = (
    "arrival",
    "course_id",
    "email",
    "name",
    "payment_id",
    "phone",
    "trace_id",
    "user_id",
)
"""What can stand in braces; besides `page.FIELD`, a form field of the landed page."""

PAGE_PREFIX = "page."

_PLACE = re.compile(r"\{([A-Za-z_][\w.-]*)\}")

Lookup = Callable[[str], str | int | None]


class PlaceEmpty(LookupError):
    """Nothing is known for a place: the page did not have that field, or it comes later."""


def places_in(value: Any) -> Iterator[str]:
    """Yield every place of a value, tables and lists included."""
    if isinstance(value, str):
        yield from _take_apart(value)[1]
    elif isinstance(value, dict):
        for item in value.values():
            yield from places_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from places_in(item)


def is_place(name: str) -> bool:
    """Tell whether something can be filled in under that name."""
    return name in PLACES or (name.startswith(PAGE_PREFIX) and len(name) > len(PAGE_PREFIX))


def fill(value: Any, lookup: Lookup) -> Any:
    """Return the value with its places filled.

    A text that is nothing but one place takes the type of what fills it: ids stay numbers.

    Raises:
        PlaceEmpty: `lookup` returned None.
    """
    if isinstance(value, str):
        texts, places = _take_apart(value)
        whole = len(places) == 1 and texts == ("", "")
        return _find(places[0], lookup) if whole else fill_text(value, lookup)
    if isinstance(value, dict):
        return {key: fill(item, lookup) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, lookup) for item in value]
    return value


def fill_text(text: str, lookup: Lookup, *, quote: Callable[[str], str] = str) -> str:
    """Return a text with its places filled, each through `quote`.

    Raises:
        PlaceEmpty: `lookup` returned None.
    """
    texts, places = _take_apart(text)
    filled = [texts[0]]
    for place, after in zip(places, texts[1:], strict=True):
        filled += quote(str(_find(place, lookup))), after
    return "".join(filled)


@lru_cache(maxsize=256)
def _take_apart(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts around the places of a text, and the places between them."""
    parts = _PLACE.split(text)
    return tuple(parts[::2]), tuple(parts[1::2])


def _find(place: str, lookup: Lookup) -> str | int:
    found = lookup(place)
    if found is None:
        raise PlaceEmpty(f"nothing is known for {{{place}}}")
    return found
