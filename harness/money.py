"""Money as integer poisha (1 taka = 100 poisha); decimal strings exist on the wire only."""

import re

__all__ = ["MAX_AMOUNT_POISHA", "format_taka", "parse_taka"]

# Plain decimal notation with at most two decimals: no sign, exponent, spaces, or other digits.
_TAKA = re.compile(r"(?P<taka>[0-9]{1,12})(?:\.(?P<poisha>[0-9]{1,2}))?", re.ASCII)

MAX_AMOUNT_POISHA = 99_999_999_999_999
"""Largest amount the wire pattern can carry: twelve digits of taka and two of poisha."""


def parse_taka(text: str) -> int:
    """Turn a decimal amount in taka, as bKash writes it, into poisha, exactly.

    Raises:
        ValueError: the text is not plain decimal notation with at most two decimals.
    """
    match = _TAKA.fullmatch(text)
    if match is None:
        raise ValueError(f"amount {text!r} is not a plain decimal with at most two decimals")
    return int(match["taka"]) * 100 + int((match["poisha"] or "0").ljust(2, "0"))


def format_taka(amount_poisha: int) -> str:
    """Turn poisha into the decimal string that the wire carries, without needless zeros.

    Raises:
        ValueError: the amount is negative.
    """
    if amount_poisha < 0:
        raise ValueError(f"amount {amount_poisha} poisha is negative")
    taka, poisha = divmod(amount_poisha, 100)
    return f"{taka}.{poisha:02d}" if poisha else str(taka)
