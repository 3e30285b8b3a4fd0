"""Who may call the cron and test-token endpoints: whoever knows the secret, and nobody without."""

import hmac
from hashlib import sha256

from starlette.requests import Request

from harness.merchant.rejection import Reason, Rejection

__all__ = ["CronGuard"]


class CronGuard:
    """Compare secrets in constant time and never repeat them."""

    def __init__(self, secret: str | None) -> None:
        """Guard with a secret; without one, or with an empty one, nobody gets in."""
        self._digest = sha256(secret.encode()).digest() if secret else None

    def check(self, request: Request) -> None:
        """Let the request pass.

        Raises:
            Rejection: its secret is missing or wrong, or the endpoint is closed; all look alike.
        """
        # Digests have one length, so that the comparison does not tell the secret's.
        given = sha256(_given(request).encode()).digest()
        if self._digest is None or not hmac.compare_digest(given, self._digest):
            raise Rejection(
                Reason.FORBIDDEN,
                "Send the CRON_SECRET as Authorization: Bearer, or as ?secret=.",
            )


def _given(request: Request) -> str:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    return request.query_params.get("secret", "")
