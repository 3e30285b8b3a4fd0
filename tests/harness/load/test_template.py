"""Templates: places that each shopper fills."""

from urllib.parse import quote

import pytest

from harness.load.template import PlaceEmpty, fill, fill_text, is_place, places_in

VALUES: dict[str, str | int] = {"user_id": 7, "name": "A & B"}


def lookup(place: str) -> str | int | None:
    return VALUES.get(place)


def test_whole_place_keeps_the_type_of_its_value() -> None:
    """An id stays a number in JSON; inside a longer text it becomes text."""
    template = {"id": "{user_id}", "text": "no {user_id}", "list": ["{name}"], "fixed": 500}
    assert fill(template, lookup) == {
        "id": 7,
        "text": "no 7",
        "list": ["A & B"],
        "fixed": 500,
    }


def test_path_is_filled_through_its_quoting() -> None:
    """What a value holds cannot change the path around it."""
    assert fill_text("/x/{name}", lookup, quote=quote) == "/x/A%20%26%20B"


def test_unknown_value_is_not_guessed() -> None:
    """A place that nothing fills is an error, not an empty text."""
    with pytest.raises(PlaceEmpty, match=r"\{email\}"):
        fill("{email}", lookup)


def test_places_are_found_wherever_they_stand() -> None:
    """Tables and lists are searched; braces around other things are text."""
    value = {"a": "{user_id}/{page.amount}", "b": ["{name}"], "c": {"d": "{not a place}"}, "e": 1}
    assert list(places_in(value)) == ["user_id", "page.amount", "name"]


@pytest.mark.parametrize(
    ("name", "known"),
    [("user_id", True), ("page.amount", True), ("page.", False), ("amount", False)],
)
def test_known_places_are_told_from_others(name: str, known: bool) -> None:
    """A shopper's values and form fields of the page are places; nothing else is."""
    assert is_place(name) is known
