"""`bkash-bench variants`: which variant has which optimizations."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec
import rich.box
import rich.console
import rich.table

from harness.merchant import BUILTIN, Optimization, Variant, load_variants

__all__ = ["variants_command"]

_EPILOG = """\b
Examples:
  bkash-bench variants
  bkash-bench variants --variants-file mine.toml
  bkash-bench variants --json

\b
Variants of your own are lists of flags in TOML; see docs/variants.md:
  [variants]
  mine = ["token_cache", "pooled_connections"]
"""

_ON, _OFF = "●", "·"

_WIDE = 118
"""Columns in which the whole table fits; narrower, it goes without where its flags come from."""


@click.command("variants", epilog=_EPILOG, short_help="Print the variants and their optimizations.")
@click.option(
    "--variants-file", type=click.Path(path_type=Path), help="TOML file that defines your own."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def variants_command(variants_file: Path | None, as_json: bool) -> None:
    """Print which variant has which optimizations.

    The built-in variants are cumulative: each has all flags of the one before it.
    """
    variants = [*BUILTIN.values()]
    if variants_file is not None:
        variants += load_variants(variants_file).values()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(_document(variants)), indent=2))
        return
    console = rich.console.Console(
        file=sys.stdout, width=None if sys.stdout.isatty() else _WIDE, highlight=False
    )
    console.print(_table(variants, wide=console.width >= _WIDE))
    console.print(*_legend(variants), sep="\n")


def _document(variants: Iterable[Variant]) -> dict[str, Any]:
    return {
        "flags": [
            {"name": flag.value, "from": flag.origin, "does": flag.description}
            for flag in Optimization
        ],
        "variants": [
            {
                "name": variant.name,
                "flags": variant.flags,
                "description": variant.description,
                "builtin": variant.name in BUILTIN,
            }
            for variant in variants
        ],
    }


def _table(variants: list[Variant], *, wide: bool) -> rich.table.Table:
    # Flags stand in rows: there are more of them than a terminal has room for beside each other,
    # and their descriptions belong to them.
    table = rich.table.Table(box=rich.box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("flag", style="bold", no_wrap=True)
    for number, _ in enumerate(variants, start=1):
        table.add_column(str(number), justify="right", no_wrap=True)
    table.add_column("what it does")
    if wide:
        table.add_column("from", style="dim", no_wrap=True)
    for flag in Optimization:
        marks = (_ON if variant.has(flag) else _OFF for variant in variants)
        table.add_row(flag.value, *marks, flag.description, *([flag.origin] if wide else []))
    return table


def _legend(variants: list[Variant]) -> list[str]:
    widest = max(len(variant.name) for variant in variants)
    return [
        f"{number:>2}  {variant.name:<{widest}}  {variant.description}"
        for number, variant in enumerate(variants, start=1)
    ]
