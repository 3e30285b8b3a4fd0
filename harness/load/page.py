"""As much of an HTML page as a shopper's browser acts on: its meta names and its forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Form", "FormField", "Page", "read_page"]

MAX_FORMS = 20
MAX_FIELDS = 100
"""Limits on what is kept of a page: more is not a checkout page."""


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


@dataclass(slots=True)
class Page:
    """What was read of a page.

    Attributes:
        metas: content by name, of the `<meta name=… content=…>` elements.
        forms: in the order of the page.
    """

    metas: dict[str, str] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)

    def form_value(self, name: str) -> str | None:
        """Return the first value that any form of the page gives a field of that name."""
        for form in self.forms:
            for form_field in form.fields:
                if form_field.name == name:
                    return form_field.value
        return None


def read_page(html: str) -> Page:
    """Read a page, however broken its HTML is."""
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    return reader.page


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            self._add_meta(_texts(attrs))
        elif tag == "form":
            self._open_form(_texts(attrs))
        elif tag in ("input", "button", "textarea", "select"):
            self._add_field(tag, _texts(attrs))

    def handle_endtag(self, tag: str) -> None:
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


def _texts(attrs: list[tuple[str, str | None]]) -> dict[str, str]:
    return {name: value or "" for name, value in attrs}
