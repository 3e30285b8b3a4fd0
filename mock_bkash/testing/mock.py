"""A mock gateway in a test's hands: act as the shopper, break things, move time, look at the money.

All of it is about one app key, so that tests that share a mock do not see each other.
"""

from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from msgspec.json import encode

from mock_bkash.testing.credentials import Credentials
from mock_bkash.testing.reply import Ask, MockError
from mock_bkash.wallet import DEFAULT_WALLET, OTP, PIN
from mock_bkash.wire.tokenized import VERSION

__all__ = ["MockBkash"]

_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_NOT_FOUND: Final = 404


class MockBkash:
    """Steer a mock, and ask it what happened.

    Attributes:
        origin: scheme, host and port.
        base_url: what a shop takes for bKash's base URL, with the version and without "/tokenized".
        credentials: for the shop under test.
    """

    def __init__(self, *, origin: str, credentials: Credentials, ask: Ask) -> None:
        """Take `ask` as the way to the mock's admin API and customer page."""
        self.origin = origin
        self.base_url = f"{origin}/{VERSION}"
        self.credentials = credentials
        self._ask = ask
        self._to_fire: set[str] = set()

    @property
    def app_key(self) -> str:
        """Return whose state it is all about."""
        return self.credentials.app_key

    # What the shopper does.

    def approve(self, payment_id: str) -> str:
        """Let the shopper approve; return the address that their browser is sent back to.

        Raises:
            MockError: there is no such payment, or it can be approved no more.
        """
        return self._settle(payment_id, "approve")

    def cancel(self, payment_id: str) -> str:
        """Let the shopper give up; return the address that their browser is sent back to.

        Raises:
            MockError: there is no such payment, or it was executed.
        """
        return self._settle(payment_id, "cancel")

    def pay(
        self, page_url: str, *, wallet: str = DEFAULT_WALLET, otp: str = OTP, pin: str = PIN
    ) -> str | None:
        """Fill in the customer page at `bkashURL`, all at once.

        Returns where the browser is sent back to: the callback says whether it went well. None
        where the page asks again, as after a wrong OTP or PIN.

        Raises:
            MockError: the address opens no payment.
        """
        parts = urlsplit(page_url)
        form = urlencode({"wallet": wallet, "otp": otp, "pin": pin}).encode()
        reply = self._ask("POST", f"{parts.path}?{parts.query}", body=form, kind=_FORM)
        if reply.status >= _NOT_FOUND:
            raise MockError(f"{page_url} opens no payment of this mock")
        return reply.headers.get("location")

    # What goes wrong, and what time it is.

    def inject(self, plan: str | dict[str, Any], *, must_fire: bool = True) -> None:
        """Put a fault plan in force, beside those that are.

        `plan` is `NAME[;field=value…]`, as for `mock-bkash serve --faults`, or the fields of a plan
        file. A plan that never fires makes the test fail at its end: it would have proved nothing.

        Raises:
            MockError: the plan cannot be used; the message names field and mend.
        """
        known = {entry["name"] for entry in self.faults()["plans"]}
        fields = {"plan": plan} if isinstance(plan, str) else plan
        report = self._post("faults", {**fields, "app_key": self.app_key})
        if must_fire:
            new = [entry["name"] for entry in report["plans"] if entry["name"] not in known]
            self._to_fire.update(new or [report["plans"][-1]["name"]])

    def faults(self) -> dict[str, Any]:
        """Return the plans in force, and how often each rule matched and fired."""
        return self._get("faults")

    def lift(self, name: str | None = None) -> None:
        """Lift the plan of that name, or all.

        Raises:
            MockError: no plan of that name is in force.
        """
        named = "" if name is None else f"&name={quote(name, safe='')}"
        self._ask("DELETE", f"{self._target('faults')}{named}").json()

    def idle_faults(self) -> list[str]:
        """Return the plans that should have fired and have not."""
        if not self._to_fire:
            return []
        return sorted(self._to_fire.intersection(self.faults()["unused"]))

    def advance(self, seconds: float) -> None:
        """Put the clock forward: tokens, payments, agreements and windows grow older.

        Raises:
            MockError: the shop has not called yet, so that there is no clock; or time would run
                back.
        """
        self._post("clock", {"advance_s": seconds, "app_key": self.app_key})

    # What happened.

    def ledger(self) -> dict[str, Any]:
        """Return every movement of money, and the sums in poisha."""
        nothing = {"captures": [], "refunds": [], "total_poisha": 0, "refunded_poisha": 0}
        return self._get("ledger", {"app_key": self.app_key, **nothing, "captures_forgotten": 0})

    def payments(self) -> list[dict[str, Any]]:
        """Return the payments, oldest first; a thousand at most."""
        shown: list[dict[str, Any]] = self._get("payments", {"payments": []})["payments"]
        return shown

    def calls(self) -> list[dict[str, Any]]:
        """Return the shop's last calls in full, in the order in which they ended."""
        kept: list[dict[str, Any]] = self._get("journal", {"calls": []})["calls"]
        return kept

    def counters(self) -> dict[str, Any]:
        """Return exact counts: `calls` per operation, `errors` per code, and more."""
        nothing = {"calls": {}, "errors": {}, "payments_created": 0, "connections": 0}
        return self._get("counters", {"app_key": self.app_key, **nothing})

    def timeline(self, payment_id: str) -> list[dict[str, Any]]:
        """Return the calls of one payment by their arrival.

        Raises:
            MockError: there is no such payment.
        """
        shown = self._ask("GET", f"/_mock/payments/{quote(payment_id, safe='')}/timeline").json()
        calls: list[dict[str, Any]] = shown["calls"]
        return calls

    def audit(self, payments: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
        """Hold a shop's books against the ledger; the fields of `POST /_mock/audit`.

        Raises:
            MockError: the books are no audit request.
        """
        books = {} if payments is None else {"payments": payments}
        return self._post("audit", {**books, **more, "app_key": self.app_key})

    def reset(self) -> None:
        """Forget everything about this app key: payments, tokens, counts, clock, faults."""
        self._to_fire.clear()
        reply = self._ask("POST", self._target("reset"))
        if reply.status != _NOT_FOUND:
            reply.json()

    def _settle(self, payment_id: str, how: str) -> str:
        target = f"/_mock/payments/{quote(payment_id, safe='')}/{how}"
        callback: str = self._ask("POST", target).json()["callback"]
        return callback

    def _get(self, what: str, unknown: dict[str, Any] | None = None) -> dict[str, Any]:
        reply = self._ask("GET", self._target(what))
        if unknown is not None and reply.status == _NOT_FOUND:
            # Nobody has called with this app key: to a test that is no error but a finding.
            return unknown
        return reply.json()

    def _post(self, what: str, fields: dict[str, Any]) -> dict[str, Any]:
        return self._ask("POST", f"/_mock/{what}", body=encode(fields), kind=_JSON).json()

    def _target(self, what: str) -> str:
        return f"/_mock/{what}?app_key={quote(self.app_key, safe='')}"
