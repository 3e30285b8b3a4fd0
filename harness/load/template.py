"""Values of a target with places in them that each shopper fills: `/checkout/{course_id}`."""

import re
from collections.abc import Callable, Iterator
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
        yield from _PLACE.findall(value)
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
        whole = _PLACE.fullmatch(value)
        return fill_text(value, lookup) if whole is None else _find(whole[1], lookup)
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
    return _PLACE.sub(lambda match: quote(str(_find(match[1], lookup))), text)


def _find(place: str, lookup: Lookup) -> str | int:
    found = lookup(place)
    if found is None:
        raise PlaceEmpty(f"nothing is known for {{{place}}}")
    return found
