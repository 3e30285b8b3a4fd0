"""The wire: how bKash writes things. The only room that uses bKash's own spellings.

A dialect is a package of its own: `tokenized` is Tokenized Checkout v1.2.0-beta.
"""

from mock_bkash.wire.code import MESSAGES, SUCCESSFUL

__all__ = ["MESSAGES", "SUCCESSFUL"]
