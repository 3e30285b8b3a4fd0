"""Who takes part in a comparison: variants of ours by name, and backends that run already."""

import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from harness.cli.address import RunningTarget, parse_target, require_local
from harness.cli.compare.settings import CompareSettings
from harness.errors import ConfigurationError
from harness.lab import TARGET_KIND
from harness.load import load_target, target_names
from harness.merchant import BUILTIN, Variant, find_variant
from harness.rundata import VariantRecord

__all__ = ["Contestants", "gather_contestants", "require_answer"]

ANSWER_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Contestants:
    """Hold who takes part.

    Attributes:
        records: in the order to be shown; ours have no URL yet.
        variants: ours, by name.
        target_files: target file by name of a running backend.
    """

    records: tuple[VariantRecord, ...]
    variants: dict[str, Variant]
    target_files: dict[str, str]


def gather_contestants(settings: CompareSettings) -> Contestants:
    """Look up everybody that the settings name.

    Raises:
        ConfigurationError: a variant is unknown, a name is taken twice, a target is malformed, on
            another machine without leave, or its file cannot be used.
    """
    variants = {
        name: find_variant(name, variants_file=settings.variants_file) for name in settings.variants
    }
    targets = [parse_target(text) for text in settings.targets]
    keys = dict(_parse_key(text) for text in settings.target_keys)
    for target in targets:
        require_local(target, allowed_hosts=settings.allow_remote)
        if target.file is not None:
            load_target(target.file)
    _require_single_names([*variants, *(target.name for target in targets)])
    _require_known_keys(keys, targets)
    return Contestants(
        records=(
            *(_own_record(variant) for variant in variants.values()),
            *(_target_record(target, keys) for target in targets),
        ),
        variants=variants,
        target_files={t.name: _place(t.file) for t in targets if t.file is not None},
    )


def require_answer(record: VariantRecord) -> None:
    """Make sure that somebody listens where a running backend is said to be.

    A connection is enough: which paths it answers is its target file's business.

    Raises:
        ConfigurationError: nobody does.
    """
    parts = urlsplit(record.target)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname, port), timeout=ANSWER_TIMEOUT_S).close()
    except OSError as error:
        raise ConfigurationError(
            f"target {record.name} does not answer at {record.target}: {error.strerror or error};"
            " start it first, or mend its URL"
        ) from error


def _place(file: str) -> str:
    """Return a target so that it means the same wherever the generator runs."""
    return file if file in target_names() else str(Path(file).resolve())


def _own_record(variant: Variant) -> VariantRecord:
    return VariantRecord(
        name=variant.name,
        optimizations=tuple(variant.flags),
        kind="builtin" if BUILTIN.get(variant.name) == variant else "user",
        target="",
        app_key=f"bench-{variant.name}",
    )


def _target_record(target: RunningTarget, keys: dict[str, str]) -> VariantRecord:
    return VariantRecord(
        name=target.name,
        optimizations=(),
        kind=TARGET_KIND,
        target=target.url,
        app_key=keys.get(target.name, target.name),
    )


def _parse_key(text: str) -> tuple[str, str]:
    name, equals, key = text.partition("=")
    if not name or not equals or not key:
        raise ConfigurationError(f"--target-key {text!r} is not NAME=APP_KEY")
    return name, key


def _require_single_names(names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ConfigurationError(f"{twice!r} names two variants; give the target another name")
    if not names:
        raise ConfigurationError("nothing to compare: name --variants or a --target")


def _require_known_keys(keys: dict[str, str], targets: list[RunningTarget]) -> None:
    unknown = sorted(set(keys) - {target.name for target in targets})
    if unknown:
        raise ConfigurationError(f"--target-key {unknown[0]}=… names no --target")
