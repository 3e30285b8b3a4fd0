"""As much of an HTML page as a shopper's browser acts on: its meta names and its forms.

Reading HTML in Python costs a millisecond a page, and a journey wants a meta of the head and a
field of one form. So only what is asked for is read, and heads that are alike are read once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

__all__ = ["Form", "FormField", "Page", "read_page"]

MAX_FORMS = 20
MAX_FIELDS = 100
"""Limits on what is kept of a page: more is not a checkout page."""

HEADS_KEPT = 64
"""Heads remembered: they differ by the course that is in the title."""

_HEAD_END = re.compile(r"</head|<body", re.IGNORECASE)
_META = re.compile("<meta", re.IGNORECASE)
_FORM_START = re.compile("<form", re.IGNORECASE)
_FORM_END = re.compile("</form", re.IGNORECASE)
_HIDING = re.compile(r"<(?:script|style|textarea|title)\b|<!--", re.IGNORECASE)
_COLLECTED = frozenset({"meta", "form", "input", "button", "textarea", "select"})

# Lower case, one blank between, values in double quotes without entities: nothing to interpret.
_PLAIN_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z-]*(?:="[^"<>&]*")?)*)\s*>')
_ATTRIBUTE = re.compile(r'([a-z][a-z-]*)(?:="([^"]*)")?')
_OPAQUE = frozenset(
    {
        *("script", "style", "textarea", "title", "xmp", "iframe"),
        *("noembed", "noframes", "noscript", "plaintext"),
    }
)
"""Elements whose content is text and no tags, whatever it looks like."""
_SHOWING = re.compile(r"</(?:script|style|textarea|title)\b|-->", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        name: as it is sent.
        kind: the input's type in lower case ("text", "hidden", "password", "submit", …).
        value: as it stands on the page.
    """

    name: str
    kind: str
    value: str


@dataclass(slots=True)
class Form:
    """One form of a page.

    Attributes:
        action: URL as it stands on the page, "" for the page itself.
        method: "GET" or "POST".
        fields: in the order of the page; fields without a name are never sent and left out.
    """

    action: str
    method: str
    fields: list[FormField] = field(default_factory=list)


class Page:
    """What can be read of a page."""

    __slots__ = ("_forms", "_html", "_metas")

    def __init__(self, html: str = "") -> None:
        """Take the page as it came; nothing is read yet."""
        self._html = html
        self._metas: Mapping[str, str] | None = None
        self._forms: list[Form] | None = None

    @property
    def metas(self) -> Mapping[str, str]:
        """Content by name, of the `<meta name=… content=…>` elements."""
        if self._metas is None:
            head = _find_head(self._html)
            metas = None if head is None else _read_head(head)
            self._metas = _read(self._html).metas if metas is None else metas
        return self._metas

    @property
    def forms(self) -> list[Form]:
        """The forms, in the order of the page."""
        if self._forms is None:
            part = _find_forms(self._html)
            self._forms = _read(self._html if part is None else part).forms
        return self._forms

    def form_value(self, name: str) -> str | None:
        """Return the first value that any form of the page gives a field of that name."""
        for form in self.forms:
            for form_field in form.fields:
                if form_field.name == name:
                    return form_field.value
        return None


def read_page(html: str) -> Page:
    """Read a page, however broken its HTML is."""
    return Page(html)


@dataclass(slots=True)
class _Content:
    metas: dict[str, str] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


def _find_head(html: str) -> str | None:
    """Return the part of a page that has all of its metas; None where only all of it will do."""
    end = _HEAD_END.search(html)
    if end is None or _META.search(html, end.start()) is not None:
        return None
    return html[: end.start()]


def _find_forms(html: str) -> str | None:
    """Return the part of a page that has all of its forms; None where only all of it will do."""
    start = _FORM_START.search(html)
    if start is None:
        return ""
    ends = list(_FORM_END.finditer(html))
    if not ends or _FORM_START.search(html, ends[-1].start()) is not None:
        return None
    part = html[start.start() : ends[-1].start()]
    return part if _is_closed_before(html[: start.start()]) and _is_closed(part) else None


@lru_cache(maxsize=HEADS_KEPT)
def _is_closed_before(part: str) -> bool:
    return _is_closed(part)


def _is_closed(part: str) -> bool:
    """Tell whether no comment or script is open at the end, in which a tag would be none."""
    return len(_HIDING.findall(part)) == len(_SHOWING.findall(part))


@lru_cache(maxsize=HEADS_KEPT)
def _read_head(head: str) -> Mapping[str, str] | None:
    return _read(head).metas if _is_closed(head) else None


def _read(html: str) -> _Content:
    collector = _Collector()
    if not _read_plainly(html, collector):
        collector = _Collector()
        reader = _PageReader(collector)
        reader.feed(html)
        reader.close()
    return collector.page


def _read_plainly(html: str, collector: "_Collector") -> bool:
    """Collect from HTML whose tags are all written the plain way, as templates write them.

    Then one expression finds what the parser finds, at a tenth of its cost. False: some tag is
    written otherwise, and what was collected is worth nothing.
    """
    tags = _PLAIN_TAG.findall(html)
    if len(tags) != html.count("<"):
        return False
    for closing, tag, attributes in tags:
        if tag in _OPAQUE:
            return False
        if closing:
            collector.end(tag)
        elif tag in _COLLECTED:
            collector.start(tag, dict(_ATTRIBUTE.findall(attributes)))
    return True


class _PageReader(HTMLParser):
    def __init__(self, collector: "_Collector") -> None:
        super().__init__(convert_charrefs=True)
        self._collector = collector

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _COLLECTED:
            self._collector.start(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._collector.end(tag)


class _Collector:
    """Keep what is wanted of the tags of a page."""

    def __init__(self) -> None:
        self.page = _Content()
        self._form: Form | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta":
            self._add_meta(attributes)
        elif tag == "form":
            self._open_form(attributes)
        else:
            self._add_field(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _add_meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("name")
        if name and len(self.page.metas) < MAX_FIELDS:
            self.page.metas.setdefault(name, attributes.get("content", ""))

    def _open_form(self, attributes: dict[str, str]) -> None:
        method = attributes.get("method", "get").upper()
        self._form = Form(attributes.get("action", ""), method if method == "POST" else "GET")
        if len(self.page.forms) < MAX_FORMS:
            self.page.forms.append(self._form)

    def _add_field(self, tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get("name")
        if self._form is None or not name or len(self._form.fields) >= MAX_FIELDS:
            return
        kind = attributes.get("type", "submit" if tag == "button" else "text").lower()
        self._form.fields.append(FormField(name, kind, attributes.get("value", "")))
