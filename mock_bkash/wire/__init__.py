"""The wire: how bKash writes things. The only room that uses bKash's own spellings.

A dialect is names and shapes and no rules: `tokenized` is Tokenized Checkout v1.2.0-beta,
`refund_v2` what hangs beside it at the root of the host.
"""

from mock_bkash.wire.body import MalformedBody, amount_text, body_reader
from mock_bkash.wire.code import MESSAGES, SUCCESSFUL
from mock_bkash.wire.moment import format_local_second, format_second, format_time

__all__ = [
    "MESSAGES",
    "SUCCESSFUL",
    "MalformedBody",
    "amount_text",
    "body_reader",
    "format_local_second",
    "format_second",
    "format_time",
]
