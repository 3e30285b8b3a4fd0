"""`--config FILE`: options of `compare` in TOML, under what the command line says.

[compare]
profile = "guide"
variants = ["sequential", "mine"]
token-lifetime = 20

[variants]
mine = ["token_cache", "pooled_connections"]
"""

import tomllib
from pathlib import Path
from typing import Any

from harness.errors import ConfigurationError

__all__ = ["OPTIONS_TABLE", "VARIANTS_TABLE", "read_config"]

OPTIONS_TABLE = "compare"
VARIANTS_TABLE = "variants"

_LIMIT_BYTES = 1_000_000


def read_config(path: Path, *, known: dict[str, str]) -> tuple[dict[str, Any], bool]:
    """Read the options that a file sets, and tell whether it defines variants too.

    Args:
        path: the TOML file.
        known: option name as typed without its dashes (`token-lifetime`) → parameter name.

    Returns:
        Value by parameter name, as TOML has it (checked by the option itself), and whether there
        is a table `[variants]`.

    Raises:
        ConfigurationError: the file cannot be read, is broken TOML (named with the line), or sets
            an option that does not exist.
    """
    document = _parse(path)
    strange = sorted(set(document) - {OPTIONS_TABLE, VARIANTS_TABLE})
    if strange:
        raise ConfigurationError(
            f"{path}: {strange[0]!r} is not known at the top; options stand under"
            f" [{OPTIONS_TABLE}], variants under [{VARIANTS_TABLE}]"
        )
    options = document.get(OPTIONS_TABLE, {})
    if not isinstance(options, dict):
        raise ConfigurationError(f"{path}: {OPTIONS_TABLE} is not a table; write [{OPTIONS_TABLE}]")
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise ConfigurationError(
            f"{path}: [{OPTIONS_TABLE}] sets {unknown[0]!r}, which is not an option; there are"
            f" {', '.join(sorted(known))}"
        )
    return {known[name]: value for name, value in options.items()}, VARIANTS_TABLE in document


def _parse(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_LIMIT_BYTES + 1)
        if len(content) > _LIMIT_BYTES:
            raise ConfigurationError(f"{path} is larger than {_LIMIT_BYTES} bytes: not a config")
        return tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"cannot read config file {path}: {error.strerror or error}"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"config file {path} is not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        # tomllib ends its sentence with the line and column.
        raise ConfigurationError(f"config file {path} is broken TOML: {error}") from error
