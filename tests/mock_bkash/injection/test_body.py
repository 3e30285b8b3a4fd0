"""Bodies that no client expects."""

import gzip
import json

import pytest
from msgspec import UNSET

from mock_bkash.fault import Fault, Kind, Moment
from mock_bkash.injection.body import (
    alter_body,
    break_json,
    gzip_bomb,
    message_body,
    padded_body,
)

BODY = b'{"statusCode":"0000","amount":"1499"}'


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (504, "Endpoint request timed out"),
        (429, "Too Many Requests"),
        (418, "Internal server error"),
    ],
)
def test_an_http_error_has_the_gateways_words(status: int, message: str):
    """Unless it was given its own."""
    fault = Fault(kind=Kind.STATUS, moment=Moment.BEFORE, status=status)
    assert json.loads(message_body(fault)) == {"message": message}
    own = Fault(kind=Kind.STATUS, moment=Moment.BEFORE, status=status, message='"no"')
    assert json.loads(message_body(own)) == {"message": '"no"'}


@pytest.mark.parametrize("body", [BODY, b"{}"])
def test_broken_json_is_no_json(body: bytes):
    """And no empty body either."""
    assert break_json(body)
    with pytest.raises(json.JSONDecodeError):
        json.loads(break_json(body))


def test_one_field_is_altered_added_or_taken_away():
    """The others and their order stay."""
    assert alter_body(BODY, field="amount", value="1") == b'{"statusCode":"0000","amount":"1"}'
    assert alter_body(BODY, field="x", value=None).endswith(b'"amount":"1499","x":null}')
    assert alter_body(BODY, field="amount", value=UNSET) == b'{"statusCode":"0000"}'
    assert alter_body(BODY, field="x", value=UNSET) == BODY


@pytest.mark.parametrize("size_bytes", [1, len(BODY), 70_000, 200_000])
def test_padding_changes_the_size_and_nothing_else(size_bytes: int):
    """It is the same object, of the asked size, in blocks."""
    blocks = list(padded_body(BODY, size_bytes=size_bytes))
    padded = b"".join(blocks)
    assert json.loads(padded) == json.loads(BODY)
    assert len(padded) == max(size_bytes, len(BODY))
    assert max(map(len, blocks)) <= 65_536


@pytest.mark.parametrize("mebibytes", [0, 1, 3])
def test_a_bomb_is_a_valid_stream(mebibytes: int):
    """gzip itself unpacks it, checksum and length included; packed it is a thousandth."""
    packed = b"".join(gzip_bomb(BODY, size_bytes=mebibytes * 1_048_576 + 500))
    unpacked = gzip.decompress(packed)
    assert json.loads(unpacked) == json.loads(BODY)
    assert len(unpacked) == mebibytes * 1_048_576 + len(BODY)
    assert len(packed) < 200 + mebibytes * 1_100
