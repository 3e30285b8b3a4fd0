"""Dialects: one file per way in which bKash is spoken to, each a table from paths to operations.

A dialect joins the bytes of `mock_bkash.wire` to the rules of `mock_bkash.operation` and adds
nothing of its own; another dialect is another file here, and another one there.
"""

from mock_bkash.dialect.parts import Parts
from mock_bkash.dialect.refund_v2 import refund_v2_routes
from mock_bkash.dialect.tokenized import tokenized_routes

__all__ = ["Parts", "refund_v2_routes", "tokenized_routes"]
