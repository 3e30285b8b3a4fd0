"""Bodies that no client expects: broken, of another kind, altered, or far too large."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from msgspec import UNSET, UnsetType
from msgspec.json import decode, encode

from mock_bkash.fault import Fault

__all__ = ["PAGE", "alter_body", "break_json", "gzip_bomb", "message_body", "padded_body"]

PAGE: Final = (
    b"<!DOCTYPE html>\n<html><head><title>Service Unavailable</title></head>\n"
    b"<body><h1>Service Unavailable</h1><p>Please try again later.</p></body></html>\n"
)

_BLOCK_BYTES: Final = 65_536
_SPACES: Final = b" " * _BLOCK_BYTES

# Amazon's API gateway, which stands in front of bKash, has these words of its own.
_MESSAGES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    429: "Too Many Requests",
    500: "Internal server error",
    502: "Internal server error",
    503: "Service Unavailable",
    504: "Endpoint request timed out",
}


def message_body(fault: Fault) -> bytes:
    """Return the body of an HTTP error as the gateway in front of bKash words it."""
    message = fault.message or _MESSAGES.get(fault.status, "Internal server error")
    return encode({"message": message})


def break_json(body: bytes) -> bytes:
    """Return a JSON object that ends in the middle of a field."""
    return body[: max(1, len(body) * 2 // 3)]


def alter_body(body: bytes, *, field: str, value: object | UnsetType) -> bytes:
    """Return a JSON object with one field changed, added or, where `value` is UNSET, taken away."""
    fields = decode(body)
    assert isinstance(fields, dict), "bKash answers in JSON objects"
    if value is UNSET:
        fields.pop(field, None)
    else:
        fields[field] = value
    return encode(fields)


def padded_body(body: bytes, *, size_bytes: int) -> Iterator[bytes]:
    """Yield a JSON object, block by block, made longer by spaces before its last brace."""
    assert body.endswith(b"}"), "bKash answers in JSON objects"
    yield body[:-1]
    left_bytes = size_bytes - len(body)
    while left_bytes > 0:
        yield _SPACES[:left_bytes]
        left_bytes -= _BLOCK_BYTES
    yield body[-1:]


def gzip_bomb(body: bytes, *, size_bytes: int) -> Iterator[bytes]:
    """Yield a gzip stream that unpacks to the padded body (RFC 1952).

    The blocks of spaces are packed once and repeated: a full flush ends on a byte and forgets what
    came before it. So a gigabyte costs no more than its checksum.
    """
    checksum = zlib.crc32(body[:-1])
    yield _GZIP_HEAD + _packed(body[:-1])
    blocks = max(0, size_bytes - len(body)) // _BOMB_BLOCK_BYTES
    for _ in range(blocks):
        checksum = zlib.crc32(_BOMB_BLOCK, checksum)
        yield _PACKED_BLOCK
    checksum = zlib.crc32(body[-1:], checksum)
    length = len(body) + blocks * _BOMB_BLOCK_BYTES
    yield _packed(body[-1:], flush=zlib.Z_FINISH) + struct.pack("<II", checksum, length % 2**32)


def _packed(part: bytes, *, flush: int = zlib.Z_FULL_FLUSH) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part) + packer.flush(flush)


_GZIP_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_BOMB_BLOCK_BYTES: Final = 1_048_576
_BOMB_BLOCK: Final = b" " * _BOMB_BLOCK_BYTES
_PACKED_BLOCK: Final = _packed(_BOMB_BLOCK)
