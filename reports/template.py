"""Templates filled in: the one environment that all pages share."""

import re
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

__all__ = ["render"]

_FIGURE_AND_UNIT = re.compile(r"(?<=[0-9]) (?=(?:s|ms|MB|%)(?![a-zA-Z0-9]))")


def render(template: str, **facts: Any) -> str:
    """Return a template of this room, filled in; a fact that it lacks is an error."""
    return _environment().get_template(template).render(**facts)


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
