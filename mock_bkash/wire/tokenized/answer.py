"""Bodies of refusals and of token answers, as recorded in 2019 and 2020.

The field order of each class is its key order on the wire.
"""

from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.json import Encoder

from mock_bkash.wire.code import MESSAGES, SUCCESSFUL
from mock_bkash.wire.tokenized.name import NAMES

__all__ = [
    "Failed",
    "Refused",
    "TokensGranted",
    "write_error",
    "write_granted",
    "write_refusal",
    "write_refusal_of_2019",
    "write_unrecognized",
]

_encode: Final = Encoder().encode

_MESSAGES_OF_2019: Final = {**MESSAGES, "2003": "Process Failed"}
"""The sandbox's answer to a search of 2019, whose capital the official list does not have."""


class TokensGranted(Struct):
    """A new id_token, and the refresh_token for the next one."""

    expires_in: int | float | str
    token_type: str
    id_token: str
    refresh_token: str
    # Spelt out, because the fields before them are bKash's only lower-case names.
    statusCode: str
    statusMessage: str


class Refused(Struct, rename=NAMES):
    """A business error: bKash's code and its words for it."""

    status_code: str
    status_message: str


class Failed(Struct, rename=NAMES):
    """The same under the names of the documentation; with the quirk error-code-keys."""

    error_code: str
    error_message: str


class _Unrecognized(Struct, rename=NAMES):
    status_message: str
    status_code: str


def write_granted(
    *, expires_in_s: float, id_token: str, refresh_token: str, as_text: bool = False
) -> bytes:
    """Return the answer to a token grant or refresh; a whole life is written without decimals."""
    number = int(expires_in_s) if expires_in_s == int(expires_in_s) else expires_in_s
    life = str(number) if as_text else number
    success = MESSAGES[SUCCESSFUL]
    return _encode(TokensGranted(life, "Bearer", id_token, refresh_token, SUCCESSFUL, success))


@lru_cache(maxsize=len(MESSAGES))
def write_refusal(code: str) -> bytes:
    """Return a business error: HTTP 200, a code and bKash's words for it."""
    return _encode(Refused(code, MESSAGES[code]))


@lru_cache(maxsize=len(MESSAGES))
def write_refusal_of_2019(code: str) -> bytes:
    """Return the same in the words that were recorded in 2019."""
    return _encode(Refused(code, _MESSAGES_OF_2019[code]))


@lru_cache(maxsize=len(MESSAGES))
def write_error(code: str) -> bytes:
    """Return the same under the names that the documentation of create and execute gives."""
    return _encode(Failed(code, MESSAGES[code]))


@lru_cache(maxsize=8)
def write_unrecognized(message: str) -> bytes:
    """Return the answer to wrong credentials; recorded with its two keys the other way round."""
    return _encode(_Unrecognized(message, "9999"))
