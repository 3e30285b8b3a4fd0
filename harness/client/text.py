"""Text that came from outside: what may stand in a header, and what may be shown."""

import re

__all__ = ["NO_SECRETS", "Secrets", "is_header_safe", "printable"]

_VISIBLE = re.compile(r"[!-~]+", re.ASCII)


class Secrets(tuple[str, ...]):
    """Hold texts that must not be shown, not even by a debugger's list of local variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show how many there are."""
        return f"Secrets({len(self)})"


NO_SECRETS = Secrets()


def is_header_safe(text: str, *, max_chars: int) -> bool:
    """Tell whether text can be a header's value: visible ASCII only, so no CR, LF or NUL."""
    return len(text) <= max_chars and _VISIBLE.fullmatch(text) is not None


def printable(text: str, *, max_chars: int, secrets: Secrets = NO_SECRETS) -> str:
    """Return text fit for a log or a page: one line, bounded, without the given secrets.

    The gateway in front of bKash quotes a malformed `Authorization` header in its error message,
    so what it says may contain the very token that was sent.
    """
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return "".join(c if c.isprintable() else " " for c in text[:max_chars])
