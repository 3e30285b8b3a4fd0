"""Money as integer poisha (1 taka = 100 poisha); decimal strings exist on the wire only."""

import re
from typing import Final

__all__ = ["MIN_PAYMENT_POISHA", "format_taka", "parse_taka"]

MIN_PAYMENT_POISHA: Final = 100
"""bKash takes no payment under one taka."""

# Plain decimal notation: no sign, exponent or spaces, at most two decimals; twelve digits of taka
# are a thousand times the whole country's money.
_TAKA = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?", re.ASCII)


def parse_taka(text: str) -> int | None:
    """Turn a decimal amount in taka into poisha, exactly; None where it is not one."""
    match = _TAKA.fullmatch(text)
    if match is None:
        return None
    taka, poisha = match.groups("0")
    return int(taka) * 100 + int(poisha.ljust(2, "0"))


def format_taka(amount_poisha: int) -> str:
    """Turn poisha into a decimal amount in taka, with decimals only where there are poisha."""
    taka, poisha = divmod(amount_poisha, 100)
    return f"{taka}.{poisha:02d}" if poisha else f"{taka}"
