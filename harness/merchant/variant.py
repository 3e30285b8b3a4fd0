"""Variants: named sets of optimizations, seven built in and any number of the user's own.

The built-in ones are cumulative, as the guide tells its story: each holds all flags of the one
before it. A user's file is TOML:

    [variants]
    mine = ["token_cache", "pooled_connections"]
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigurationError
from harness.merchant.optimization import Optimization
from harness.stages import Stage

__all__ = ["BUILTIN", "MAX_VARIANTS", "Variant", "find_variant", "load_variants"]

MAX_VARIANTS = 64
"""Most variants in one file: each becomes a process of a comparison."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Variant:
    """Name a set of optimizations.

    Attributes:
        name: unique; letters, digits, hyphen and underscore, at most 40.
        optimizations: the flags that are on.
        description: one line for a table, may be empty.
    """

    name: str
    optimizations: frozenset[Optimization]
    description: str = ""

    def has(self, optimization: Optimization) -> bool:
        """Tell whether a flag is on."""
        return optimization in self.optimizations

    @property
    def flags(self) -> list[str]:
        """Return the flags as text, in the guide's order."""
        return [flag.value for flag in Optimization if flag in self.optimizations]

    @property
    def token_stages(self) -> tuple[Stage, ...]:
        """Return the stages in which a payment may wait for its token; the others it never has."""
        cached, stored = self.has(Optimization.TOKEN_CACHE), self.has(Optimization.TOKEN_STORE)
        lookup = (Stage.TOKEN_LOOKUP,) if stored or not cached else ()
        refreshes = cached or (stored and self.has(Optimization.EARLY_REFRESH))
        return (*lookup, Stage.TOKEN_GRANT, *((Stage.TOKEN_REFRESH,) if refreshes else ()))


_STEPS: tuple[tuple[str, str, tuple[Optimization, ...]], ...] = (
    ("sequential", "the guide's before: everything in turn, a new token for every call", ()),
    ("stored", "the token in the database is used until it expires", (Optimization.TOKEN_STORE,)),
    (
        "cached",
        "guide 1 and 2: the token in memory, renewed early",
        (Optimization.TOKEN_CACHE, Optimization.EARLY_REFRESH),
    ),
    ("parallel", "guide 3: validations run together", (Optimization.PARALLEL_VALIDATION,)),
    ("prefetch", "guide 4: the page warms the token", (Optimization.PREFETCH,)),
    (
        "optimized",
        "guide 5, 6 and pooling: the guide's after",
        (
            Optimization.TIMEOUTS,
            Optimization.BACKGROUND_REFRESH,
            Optimization.POOLED_CONNECTIONS,
        ),
    ),
    (
        "overlapped",
        "everything: create overlaps validation, attach comes late",
        (
            Optimization.BATCHED_QUERIES,
            Optimization.LATE_ATTACH,
            Optimization.OVERLAPPED_CREATE,
        ),
    ),
)


def _accumulate_builtin() -> dict[str, Variant]:
    variants: dict[str, Variant] = {}
    flags: frozenset[Optimization] = frozenset()
    for name, description, added in _STEPS:
        flags |= frozenset(added)
        variants[name] = Variant(name=name, optimizations=flags, description=description)
    return variants


BUILTIN: dict[str, Variant] = _accumulate_builtin()
"""The seven variants of the guide's story by name, in order, each including the one before."""


def find_variant(name: str, *, variants_file: Path | None = None) -> Variant:
    """Return the built-in or user-defined variant of that name.

    Raises:
        ConfigurationError: no variant has that name, or the file cannot be used.
    """
    known = dict(BUILTIN)
    if variants_file is not None:
        known |= load_variants(variants_file)
    variant = known.get(name)
    if variant is None:
        raise ConfigurationError(
            f"unknown variant {name!r}: expected one of {', '.join(known)};"
            " define your own with --variants-file"
        )
    return variant


def load_variants(path: Path) -> dict[str, Variant]:
    """Read the user's variants from a TOML file, by name and in the file's order.

    Raises:
        ConfigurationError: the file cannot be read, is broken TOML (named with its line), or names
            an unknown flag (named with its variant and line).
    """
    text = _read(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: broken TOML: {error}") from error
    table = _variants_table(document, path=path)
    return {
        name: Variant(
            name=name,
            optimizations=_parse_flags(name, flags, path=path, text=text),
            description=f"defined in {path.name}",
        )
        for name, flags in table.items()
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"{path}: cannot read the variants file: {reason}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: the variants file is not UTF-8 text") from error


def _variants_table(document: Mapping[str, Any], *, path: Path) -> dict[str, Any]:
    table = document.get("variants")
    if not isinstance(table, dict) or not table:
        raise ConfigurationError(
            f"{path}: expected one table [variants] with lines such as"
            ' mine = ["token_cache"], found ' + (", ".join(map(repr, document)) or "nothing")
        )
    if len(table) > MAX_VARIANTS:
        raise ConfigurationError(f"{path}: {len(table)} variants, at most {MAX_VARIANTS} allowed")
    return table


def _parse_flags(name: str, flags: object, *, path: Path, text: str) -> frozenset[Optimization]:
    where = f"{path}:{_line_of(name, text)}: variant {name!r}"
    if _NAME.fullmatch(name) is None:
        raise ConfigurationError(f"{where}: a name is 1-40 letters, digits, hyphens, underscores")
    if name in BUILTIN:
        raise ConfigurationError(f"{where}: the name is built in, choose another")
    if not isinstance(flags, list) or not all(isinstance(flag, str) for flag in flags):
        raise ConfigurationError(f'{where}: expected a list of flags such as ["token_cache"]')
    _refuse_unknown(flags, where=where)
    return frozenset(Optimization(flag) for flag in flags)


def _refuse_unknown(flags: Iterable[str], *, where: str) -> None:
    valid = [flag.value for flag in Optimization]
    for flag in flags:
        if flag not in valid:
            raise ConfigurationError(
                f"{where}: unknown flag {flag!r}; valid flags: {', '.join(valid)}"
            )


def _line_of(name: str, text: str) -> int:
    key = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*=""")
    numbered = enumerate(text.splitlines(), start=1)
    return next((number for number, line in numbered if key.match(line)), 1)
