"""What went wrong with a request, for somebody whose target may be wrong: asked, answered, field.

An answer that the target cannot read is shown by what it has instead, so that the right pointer
suggests itself.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec

from harness.load import Answer, Exchange, Outcome, Target
from harness.rundata import RequestName

__all__ = ["CONFLICT", "describe_trouble"]

CONFLICT = 409
"""The shop understood and says that this was bought before: no fault of the target's."""

_ASKED = (RequestName.LAND, RequestName.MAKE_PAYMENT, RequestName.CALLBACK)
"""Requests that the target describes."""

_UNREAD = {
    RequestName.LAND: "body",
    RequestName.MAKE_PAYMENT: "redirect_url",
    RequestName.CALLBACK: "result",
}
"""The field of the target that an answer does not fit."""

_MOST_CHARACTERS = 120
_MOST_PATHS = 8
_MOST_DEPTH = 3

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def describe_trouble(exchange: Exchange, target: Target) -> str:
    """Return what went wrong, without a full stop: what was asked, the answer, the field."""
    name, field = exchange.request.name, _field_of(exchange, target)
    said = _said(exchange)
    if field == "redirect_url" and exchange.answer.headers.get("location"):
        said += '; redirect_url = "header:Location" would read that'
    return f"{name}: {said}{_place(target, field)}"


def _field_of(exchange: Exchange, target: Target) -> str:
    name, outcome = exchange.request.name, exchange.reading.outcome
    if _is_refused(exchange):
        return "" if name is RequestName.CALLBACK and target.callback is None else name.value
    if outcome == Outcome.NOT_PAID:
        return "paid"
    return _UNREAD.get(name, "") if _is_unread(exchange) else ""


def _is_refused(exchange: Exchange) -> bool:
    """Tell whether the shop refused a request that the target describes, perhaps wrongly."""
    status, name = exchange.answer.status, exchange.request.name
    return name in _ASKED and 400 <= status < 500 and status != CONFLICT


def _said(exchange: Exchange) -> str:
    request, answer = exchange.request, exchange.answer
    said = exchange.reading.error.rstrip(" .")
    if request.name in _ASKED and answer.status >= 400:
        told = said.partition(": ")[2] or _first_line(answer)
        shown = f": {_cut(told)}" if told else ""
        return f"{request.method} {_cut(request.url)} answered {answer.status}{shown}"
    return f"{said}; it is {_contents(answer)}" if _is_unread(exchange) else said


def _is_unread(exchange: Exchange) -> bool:
    """Tell whether an answer came in which the target's pointer finds nothing."""
    reading = exchange.reading
    came = bool(exchange.answer.status) and exchange.request.name in _ASKED
    return came and reading.outcome == Outcome.PROTOCOL and " has no " in reading.error


def _place(target: Target, field: str) -> str:
    if not field:
        return ""
    line = target.lines.get(field)
    return f"; target field {field}" + ("" if line is None else f", line {line}")


def _contents(answer: Answer) -> str:
    location = answer.headers.get("location")
    if location:
        return f"HTTP {answer.status} with Location: {_cut(location)}"
    paths = list(islice(_paths(answer.body), _MOST_PATHS))
    if paths:
        return f"HTTP {answer.status} with JSON of {', '.join(paths)}"
    line = _first_line(answer)
    return f"HTTP {answer.status} " + (f"that reads “{_cut(line)}”" if line else "without a text")


def _paths(body: bytes) -> Iterator[str]:
    try:
        table = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return
    if isinstance(table, Mapping):
        yield from _leaves(table, "", _MOST_DEPTH)


def _leaves(table: Mapping[str, Any], above: str, depth: int) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, Mapping) and value and depth > 1:
            yield from _leaves(value, f"{above}{key}.", depth - 1)
        else:
            yield f"{above}{key}"


def _first_line(answer: Answer) -> str:
    """Return the first line that a person would read: of a page, its title."""
    text = answer.body[:20_000].decode("utf-8", errors="replace")
    title = _TITLE.search(text)
    shown = title[1] if title and title[1].strip() else _TAG.sub("", _HIDDEN.sub("", text))
    line = next((line for line in shown.splitlines() if line.strip()), "")
    return "".join(c for c in line if c.isprintable()).strip().rstrip(" .")


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
