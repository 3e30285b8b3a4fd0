"""Templates filled in, and pages written: what all pages share."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from harness.errors import ConfigurationError

__all__ = ["render", "write_page"]

_FIGURE_AND_UNIT = re.compile(r"(?<=[0-9]) (?=(?:s|ms|MB|%)(?![a-zA-Z0-9]))")


def render(template: str, **facts: Any) -> str:
    """Return a template of this room, filled in; a fact that it lacks is an error."""
    return _environment().get_template(template).render(**facts)


def write_page(page: str, out: Path) -> Path:
    """Write a page and return its path; a reader never sees half of it.

    Raises:
        ConfigurationError: `out` cannot be written.
    """
    partial = out.with_name(out.name + ".partial")
    try:
        partial.write_text(page, encoding="utf-8")
        partial.replace(out)
    except OSError as error:
        raise ConfigurationError(f"cannot write report {out}: {error.strerror}") from error
    return out


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_tie,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _tie(value: Any) -> Any:
    """Keep a figure and its unit on one line; markup, made of tied parts, is left alone."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _FIGURE_AND_UNIT.sub("\N{NO-BREAK SPACE}", value)
    return value
