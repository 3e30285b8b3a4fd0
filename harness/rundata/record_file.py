"""A record on disk: one JSON document of a known name, kind and schema version.

Whoever has a record of its own (an attribution, a token day, a what-if, a probe) names its file
here once; how it is written and what makes it unreadable is the same for all.
"""

from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from harness.errors import ConfigurationError, RunDataError

__all__ = ["RecordFile"]

R = TypeVar("R")


class RecordFile(Generic[R]):
    """Write and read records of one kind.

    Attributes:
        name: of the file in its folder.
        version: of its schema; it rises when a number changes its meaning.
    """

    def __init__(self, name: str, kind: type[R], *, version: int) -> None:
        self.name = name
        self.version = version
        self._kind = kind

    def path(self, folder: Path) -> Path:
        """Return where the record of a folder stands, or would."""
        return folder / self.name

    def is_in(self, folder: Path) -> bool:
        """Tell whether a folder has such a record."""
        return self.path(folder).is_file()

    def read(self, folder: Path) -> R:
        """Return the record of a folder.

        Raises:
            RunDataError: there is none, it cannot be read, or it is of another schema version.
        """
        path = self.path(folder)
        try:
            document = msgspec.json.decode(path.read_bytes())
            found = document.get("schema_version") if isinstance(document, dict) else None
            if found != self.version:
                raise RunDataError(
                    f"{path} has schema version {found!r}; this bkash-bench reads version"
                    f" {self.version}"
                )
            return msgspec.convert(document, self._kind)
        except FileNotFoundError:
            raise RunDataError(f"{folder} has no {self.name}") from None
        except OSError as error:
            raise RunDataError(f"cannot read {path}: {error.strerror}") from error
        # A document nested a thousand deep is nobody's record, and the decoder's end.
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise RunDataError(f"{path} is truncated or malformed: {error}") from error

    def write(self, folder: Path, record: R) -> Path:
        """Write the record into a folder, which is made, and return the file's path.

        A reader never sees half of it.

        Raises:
            ConfigurationError: the folder cannot be made, or the file cannot be written.
        """
        path = self.path(folder)
        partial = path.with_suffix(".partial")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(format_record(record))
            partial.replace(path)
        except OSError as error:
            raise ConfigurationError(
                f"cannot write {path}: {error.strerror}; name another folder with --out"
            ) from error
        return path


def format_record(record: Any) -> bytes:
    """Return a record as JSON that people can read and that is equal for equal records."""
    text = msgspec.json.encode(record, order="deterministic")
    return msgspec.json.format(text, indent=1) + b"\n"
