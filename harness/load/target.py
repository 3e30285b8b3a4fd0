"""A target: what the journey sends to a shop and reads from it, in ten lines of TOML.

Two ship: `merchant`, ours, and `guide-nextjs`, the application that the guide describes. Every
field is explained in `docs/targets.md`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.load.pointer import Pointer

__all__ = ["BodyFormat", "Endpoint", "Target"]


class BodyFormat(StrEnum):
    """Name the formats in which a body can be sent."""

    JSON = "json"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method and a path under the target's base URL, with places for the shopper's values."""

    method: str
    path: str


@dataclass(frozen=True, slots=True)
class Target:
    """Describe a shop.

    Attributes:
        name: of the target.
        land: the page on which a shopper lands.
        make_payment: starts the payment.
        body: of make_payment, with places.
        body_format: how it is sent.
        redirect_url: where bKash's URL stands in the answer to make_payment.
        payment_id: where bKash's payment id stands in it.
        prefetch_meta: name of the meta element that asks for a prefetch; None for no such.
        prefetch: what to send on landing whatever the page says; None for no such.
        callback: what the shop's page sends after bKash's redirect; None where the redirect itself
            is the callback, as bKash means it.
        callback_body: of `callback`.
        result: where the answer to the callback tells how it went; None where its status does.
        paid: found in `result` if and only if the payment was made.
        url: where such a shop usually listens; None where that was not said.
        lines: of its file, by the field that stands there.
    """

    name: str
    land: Endpoint
    make_payment: Endpoint
    body: Mapping[str, Any]
    body_format: BodyFormat
    redirect_url: Pointer
    payment_id: Pointer
    prefetch_meta: str | None
    prefetch: Endpoint | None
    callback: Endpoint | None
    callback_body: Mapping[str, Any]
    result: Pointer | None
    paid: re.Pattern[str]
    url: str | None = None
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
