"""How any dialect reads a body: leniently, and malformed where it is no JSON object at all."""

from collections.abc import Callable
from typing import TypeVar

from msgspec import Raw
from msgspec.json import Decoder, decode

__all__ = ["MalformedBody", "amount_text", "body_reader"]

Body = TypeVar("Body")


class MalformedBody(ValueError):
    """A body that the gateway's schema check does not let through."""


def body_reader(kind: type[Body]) -> Callable[[bytes], Body]:
    """Return a function that reads bodies of a kind and raises `MalformedBody`."""
    decoder = Decoder(kind)

    def read(body: bytes) -> Body:
        try:
            return decoder.decode(body)
        except (ValueError, RecursionError) as error:
            # Bad syntax, bad UTF-8, a wrong type; nested deeper than the parser goes.
            raise MalformedBody(str(error)) from error

    return read


def amount_text(raw: Raw) -> str | None:
    """Return an amount as it was written, without quotes; None where there is none.

    Raises:
        MalformedBody: it is neither a text nor a number.
    """
    written = bytes(raw)
    if not written or written == b"null":
        return None
    if written.startswith(b'"'):
        return _decode_text(written)
    if written[:1] in b"-0123456789":
        return written.decode()
    raise MalformedBody("amount is neither a text nor a number")


def _decode_text(written: bytes) -> str:
    try:
        return decode(written, type=str)
    except ValueError as error:
        raise MalformedBody("amount is not text in UTF-8") from error
