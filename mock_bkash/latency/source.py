"""Where profiles come from: TOML files, four of them built in.

Everything a person can get wrong in such a file is answered with the file, the line or the field,
and what was expected.
"""

from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from mock_bkash.call_name import OPERATIONS
from mock_bkash.document import Section, read_toml
from mock_bkash.fault.reading import read_faults
from mock_bkash.latency.distribution import Distribution, Tail
from mock_bkash.latency.profile import Network, Profile, ProfileError
from mock_bkash.latency.shape import Constant, Empirical, Lognormal, Shape, Uniform

__all__ = ["load_profile", "profile_names"]

MAX_EMPIRICAL_VALUES: Final = 1_000_000
"""Most samples read from one file: 8 MB of memory, and far more than a quantile needs."""

_BUILT_IN: Final = ("constant", "fast", "flaky", "guide")

_SHAPES: Final[Mapping[str, tuple[Callable[..., Shape], tuple[str, ...]]]] = {
    "constant": (Constant, ("value_s",)),
    "lognormal": (Lognormal, ("median_s", "p95_s")),
    "uniform": (Uniform, ("low_s", "high_s")),
}


def profile_names() -> tuple[str, ...]:
    """Return the names of the built-in profiles, sorted."""
    return _BUILT_IN


def load_profile(name_or_path: str) -> Profile:
    """Return a built-in profile by its name, or one from a TOML file.

    Raises:
        ProfileError: there is no such profile or file, or the file cannot be used.
    """
    if name_or_path in _BUILT_IN:
        text = (files(__package__) / "profiles" / f"{name_or_path}.toml").read_text("utf-8")
        return _read(text, file=f"{name_or_path}.toml", folder=Path(), default=name_or_path)
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.is_file():
        known = ", ".join(_BUILT_IN)
        raise ProfileError(f"unknown profile {name_or_path!r}: give one of {known}, or a TOML file")
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ProfileError(f"cannot read profile {name_or_path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ProfileError(f"{name_or_path}: is not UTF-8 text (byte {error.start})") from error
    return _read(text, file=name_or_path, folder=path.parent, default=path.stem)


def _read(text: str, *, file: str, folder: Path, default: str) -> Profile:
    document = read_toml(text, name=file, error=ProfileError)
    document.refuse_unknown(("name", "operations", "network", "faults"))
    operations = document.section("operations")
    operations.refuse_unknown(OPERATIONS)
    return Profile(
        name=document.text("name", default=default),
        operations={
            operation: _distribution(operations.section(operation), folder)
            for operation in operations.fields()
        },
        network=_network(document.section("network")),
        faults=read_faults(document),
    )


def _network(section: Section) -> Network:
    section.refuse_unknown(("gateway_round_trip_s", "shopper_round_trip_s"))
    numbers = {field: section.number(field) for field in section.fields()}
    return section.built(lambda: Network(**numbers))


def _distribution(section: Section, folder: Path) -> Distribution:
    shape = _shape(section, folder)
    return Distribution(shape=shape, tail=_tail(section) if "tail" in section.fields() else None)


def _shape(section: Section, folder: Path) -> Shape:
    kind = section.choice("kind", (*_SHAPES, "empirical"))
    if kind == "empirical":
        section.refuse_unknown(("kind", "tail", "file"))
        return _empirical(section, folder)
    build, fields = _SHAPES[kind]
    if kind == "lognormal" and "p99_s" in section.fields():
        build, fields = Lognormal.through_p99, ("median_s", "p99_s")
    section.refuse_unknown(("kind", "tail", *fields))
    numbers = {field: section.number(field) for field in fields}
    return section.built(lambda: build(**numbers))


def _tail(section: Section) -> Tail:
    fields = ("probability", "factor")
    table = section.section("tail")
    table.refuse_unknown(fields)
    numbers = {field: table.number(field) for field in fields}
    return section.built(lambda: Tail(**numbers))


def _empirical(section: Section, folder: Path) -> Empirical:
    file = section.value("file")
    if not isinstance(file, str):
        raise section.complain("file", "must name a text file with one value per line")
    path = folder / file
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise section.complain("file", f"cannot read {path} ({error})") from error
    samples_s = tuple(
        _parse_sample(line, f"{path}:{number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    )
    if len(samples_s) > MAX_EMPIRICAL_VALUES:
        raise section.complain("file", f"must hold at most {MAX_EMPIRICAL_VALUES} values")
    return section.built(lambda: Empirical(samples_s, file))


def _parse_sample(line: str, where: str) -> float:
    try:
        return float(line)
    except ValueError as error:
        raise ProfileError(f"{where}: must be a number of seconds, got {line.strip()!r}") from error
