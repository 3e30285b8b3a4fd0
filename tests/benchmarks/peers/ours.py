"""The mock, as a merchant sees it: it takes orders of whoever has a token."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from asked import ANSWER, DELAY_S, P95_S, PATH
from job import Burst, Outcome, Race, order, post
from line import connect, volley
from server import RIGHT, Kind, Server, call, spawn, whole

__all__ = ["Bare", "Mock"]

CONNECTIONS = 32
PAYMENT_ID = '"paymentID":"([^"]+)"'
ID_TOKEN = b'"id_token":"'

QUICK_RACE_S = 0.002
"""Long enough for all contenders to be waiting at once when the first of them commits."""

DELAYS = {
    Kind.STATIC: "",
    Kind.CONSTANT: f'[operations.query_payment]\nkind = "constant"\nvalue_s = {DELAY_S}\n',
    Kind.LOGNORMAL: (
        f'[operations.query_payment]\nkind = "lognormal"\nmedian_s = {DELAY_S}\np95_s = {P95_S}\n'
    ),
}
RACE = f'[operations.execute_payment]\nkind = "constant"\nvalue_s = {QUICK_RACE_S}\n'


@dataclass
class Mock:
    """Run the mock, with state, authorization and journal, as always.

    Attributes:
        profile: its latency, as a profile's text.
        state: file that it keeps its state in, if any.
    """

    folder: Path
    name: str = "mock-bkash"
    profile: str = ""
    state: Path | None = None
    _tokens: dict[int, str] = field(default_factory=dict)
    _ordered: int = 0

    @contextlib.contextmanager
    def serve(self, *, cores: Sequence[int]) -> Iterator[Server]:
        self.folder.mkdir(parents=True, exist_ok=True)
        profile = self.folder / "profile.toml"
        profile.write_text(self.profile)
        command = [sys.executable, "-m", "mock_bkash", "serve", "--port", "0", "--approve", "auto"]
        command += ["--profile", str(profile)]
        if self.state is not None:
            command += ["--state", str(self.state)]
        with spawn(command, probe=_grant(), cores=cores) as server:
            yield server

    def requests(self, server: Server, kind: Kind, count: int) -> list[bytes]:
        """Return queries, each of a payment of its own."""
        if DELAYS[kind] != self.profile:
            return []
        head = self._head(server, "payment/status")
        return [whole(head, _body_of(payment_id)) for payment_id in self.create(server, count)]

    def create(self, server: Server, count: int) -> list[str]:
        """Create so many payments and return their ids."""
        return self.timed_create(server, count).found

    def timed_create(self, server: Server, count: int) -> Outcome:
        """Create so many payments; each has a number of its own."""
        first, self._ordered = self._ordered, self._ordered + count
        return _right(
            call(
                Burst(
                    server.address,
                    connections=CONNECTIONS,
                    head=self._head(server, "create"),
                    bodies=[_order(first + number) for number in range(count)],
                    right=RIGHT,
                    found=PAYMENT_ID,
                )
            )
        )

    def execute(self, server: Server, payment_ids: Sequence[str]) -> Outcome:
        """Execute payments, each once."""
        return _right(
            call(
                Burst(
                    server.address,
                    connections=CONNECTIONS,
                    head=self._head(server, "execute"),
                    bodies=[_body_of(payment_id).encode() for payment_id in payment_ids],
                    right=RIGHT,
                )
            )
        )

    def race(self, server: Server, *, rounds: int, contenders: int) -> Race:
        """Return rounds in which one payment each is executed many times over."""
        create = self._head(server, "create")
        return Race(
            server.address,
            contenders=contenders,
            setups=[order(create, _order(number)) for number in range(rounds)],
            head=self._head(server, "execute"),
            body=_body_of("{id}"),
            won=RIGHT,
            found=PAYMENT_ID,
        )

    def _head(self, server: Server, path: str) -> bytes:
        token = self._tokens.get(server.process.pid)
        if token is None:
            token = self._tokens[server.process.pid] = _token(server)
        return post(f"{PATH}/{path}", headers={"authorization": token, "x-app-key": "bench"})


@dataclass(frozen=True)
class Bare:
    """Run the control."""

    delay_s: float
    name: str = "bare loop (control)"

    @contextlib.contextmanager
    def serve(self, *, cores: Sequence[int]) -> Iterator[Server]:
        script = Path(__file__).with_name("bare_server.py")
        command: list[str | Path] = [sys.executable, script, ANSWER, str(self.delay_s)]
        with spawn(command, probe=_grant(), cores=cores) as server:
            yield server

    def requests(self, server: Server, kind: Kind, count: int) -> list[bytes]:
        mine = Kind.CONSTANT if self.delay_s else Kind.STATIC
        return [_grant()] * count if kind is mine else []


def _grant() -> bytes:
    head = post(f"{PATH}/token/grant", headers={"username": "u", "password": "p"})
    return whole(head, '{"app_key":"bench","app_secret":"s"}')


def _token(server: Server) -> str:
    (line,) = connect(server.address, 1)
    (answer,) = volley([line], _grant())
    line.socket.close()
    return answer.partition(ID_TOKEN)[2].partition(b'"')[0].decode()


def _order(number: int) -> bytes:
    # A payer each, as the same amount from the same wallet is a duplicate.
    asked = {
        "mode": "0011",
        "payerReference": f"01{number:09d}",
        "callbackURL": "http://127.0.0.1:9000/api/bkash/callback?ref=1",
        "amount": "1499",
        "currency": "BDT",
        "intent": "sale",
        "merchantInvoiceNumber": f"inv-{number:09d}",
    }
    return msgspec.json.encode(asked)


def _body_of(payment_id: str) -> str:
    return f'{{"paymentID":"{payment_id}"}}'


def _right(outcome: Outcome) -> Outcome:
    if outcome.wrong:
        raise RuntimeError(f"{outcome.wrong} wrong answers, such as {outcome.example!r}")
    return outcome
