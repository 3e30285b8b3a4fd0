"""Templates filled in: the one environment that all pages share."""

from functools import cache
from typing import Any

import jinja2

__all__ = ["render"]


def render(template: str, **facts: Any) -> str:
    """Return a template of this room, filled in; a fact that it lacks is an error."""
    return _environment().get_template(template).render(**facts)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
