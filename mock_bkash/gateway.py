"""The gateway: lets a call in, lets its modelled time pass, does it, and writes it down.

A call's time on the model:

    arrival ── connect (new connection: 2 round trips) ── request (half a round trip)
            ── the operation's latency ── COMMIT ── answer (half a round trip) ── end

What a call changes, it changes at the commit point and undivided. From there on it has happened,
whether or not the answer arrives: a client that goes away while it waits does not undo the call,
and does not stop it either. Nor does the API gateway in front of bKash, which gives up after 29
seconds and answers 504 in bKash's stead.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Final

from msgspec import Struct, structs

from mock_bkash.asgi import BodyTooLarge, ClientGone, Receive, Scope, Send, read_body, send_json
from mock_bkash.clock import now_ns
from mock_bkash.connection import Connection, ConnectionRegistry
from mock_bkash.fault import FAULT_WALLETS, FaultError
from mock_bkash.injection import Exchange, Injection, Injector, deliver, refuse_header
from mock_bkash.journal import Call, Journal
from mock_bkash.latency import LatencyModel
from mock_bkash.operation.work import (
    NO_ROUTE,
    NO_ROUTE_SIGNED,
    TIMED_OUT,
    TOO_LARGE,
    Answer,
    Inbound,
    Operation,
    Work,
    refuse_at_once,
)
from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant

__all__ = ["Gateway", "Keep"]

Keep = Callable[[Tenant, Payment | None], None]
"""Write down what a call may have changed: a payment, or what the merchant has besides."""

UNKNOWN_OPERATION: Final = "unknown"
"""What the journal calls a path that bKash does not have."""

SHARED_OPERATION: Final = "token_refresh"
"""The operation that no payment owns."""

CONNECT_ROUND_TRIPS: Final = 2
"""What a new connection costs beyond the call: TCP (RFC 9293) and TLS 1.3 (RFC 8446) one each."""

PATIENCE_US: Final = 29_000_000
"""How long the API gateway (AWS) waits for bKash before it answers 504: 29 s, a second less than
bKash tells its merchants to wait."""

_US_PER_S: Final = 1_000_000

# W3C Trace Context, section 3.2: version, trace id, span id, flags.
_TRACEPARENT: Final = re.compile(rb"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_NO_TRACE: Final = "0" * 32


class _Ticket(Struct, frozen=True):
    """Hold what is known of a call when it is let in; attributes as in `Call`."""

    operation: str
    attempt: int
    trace: str
    arrival_ns: int
    start_ns: int
    connection: int
    new_connection: bool
    before_us: int
    after_us: int
    overdue_us: int
    fault: str

    @property
    def wait_us(self) -> int:
        return self.before_us + self.after_us


class Gateway:
    """Serve gateway calls over ASGI.

    Attributes:
        strangers: journal of the calls that belong to no app key.
    """

    def __init__(
        self,
        *,
        operations: Mapping[str, Operation],
        latency: LatencyModel,
        time_scale: float,
        journal_calls: int,
        injector: Injector,
        keep: Keep | None = None,
    ) -> None:
        """Take `operations` by their path; `time_scale` is wall seconds per modelled second.

        `keep` is told what each call may have changed, before its answer leaves.
        """
        self._keeper = keep
        self._injector = injector
        self.strangers = Journal(capacity=journal_calls)
        self._operations = operations
        self._latency = latency
        self._wall_s_per_us = time_scale / _US_PER_S
        self._connections = ConnectionRegistry()
        self._under_way: set[asyncio.Task[Answer]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        arrival_ns = now_ns()
        connection = self._connections.connection_of(scope)
        new_connection = connection.use()
        headers = dict(scope["headers"])
        operation = self._find(scope)
        try:
            inbound, work = await _admit(operation, headers, receive)
        except ClientGone:
            return
        name = UNKNOWN_OPERATION if operation is None else work.name or operation.name
        trace = _parse_trace(headers.get(b"traceparent"))
        key, attempt = _number(name, work, trace)
        injection = None
        if self._injector.concerns(work, headers):
            work, injection = self._inject(work, inbound, name, key, attempt)
        ticket = self._ticket(
            name,
            work,
            key=key,
            attempt=attempt,
            trace=trace,
            arrival_ns=arrival_ns,
            connection=connection,
            new_connection=new_connection,
            injection=injection,
        )
        doing = self._do(ticket, work)
        # Our own server leaves a call running when its client gives up; whatever else may serve us
        # cancels the coroutine.
        guarded = ticket.wait_us and connection.line is None
        answer = await (self._undisturbed(doing) if guarded else doing)
        timing = b"model;dur=%d.%03d" % divmod(ticket.wait_us, 1000)
        extra = ((b"server-timing", timing),)
        if injection is None:
            await send_json(send, status=answer.status, body=answer.body, extra=extra)
            return
        exchange = Exchange(
            receive=receive,
            send=send,
            line=connection.line,
            headers=extra,
            wall_s_per_s=self._wall_s_per_us * _US_PER_S,
        )
        await deliver(injection.fault, answer, exchange)

    def _find(self, scope: Scope) -> Operation | None:
        if scope["method"] != "POST":
            return None
        path = scope["path"]
        return self._operations.get(path) or self._operations.get(path.rstrip("/"))

    def _inject(
        self, work: Work, inbound: Inbound, operation: str, key: str, attempt: int
    ) -> tuple[Work, Injection | None]:
        try:
            injection = self._injector.inject(
                work, inbound, operation=operation, key=key, attempt=attempt
            )
        except FaultError as error:
            return refuse_at_once(refuse_header(error), work.tenant), None
        return (work, None) if injection is None else (injection.work, injection)

    def _ticket(
        self,
        operation: str,
        work: Work,
        *,
        key: str,
        attempt: int,
        trace: str,
        arrival_ns: int,
        connection: Connection,
        new_connection: bool,
        injection: Injection | None,
    ) -> _Ticket:
        delay_us = late_us = 0
        if work.delayed and attempt:
            delay_us = self._latency.delay_us(operation, key, attempt)
        overdue_us = max(0, delay_us - PATIENCE_US)
        delay_us -= overdue_us
        if injection is not None:
            delay_us += injection.before_us
            late_us = injection.after_us
        round_trip_us = self._latency.gateway_round_trip_us
        return_us = round_trip_us // 2
        connect_us = CONNECT_ROUND_TRIPS * round_trip_us if new_connection else 0
        return _Ticket(
            operation,
            attempt,
            trace,
            arrival_ns,
            now_ns(),
            connection.number,
            new_connection,
            connect_us + round_trip_us - return_us + delay_us,
            return_us + late_us,
            overdue_us,
            "" if injection is None else injection.fault.label,
        )

    async def _do(self, ticket: _Ticket, work: Work) -> Answer:
        if ticket.before_us:
            await asyncio.sleep(ticket.before_us * self._wall_s_per_us)
        if ticket.overdue_us:
            self._keep(self._do_unattended(ticket, work))
            if ticket.after_us:
                await asyncio.sleep(ticket.after_us * self._wall_s_per_us)
            return TIMED_OUT
        answer = self._act(work)
        commit_ns = now_ns()
        if ticket.after_us:
            await asyncio.sleep(ticket.after_us * self._wall_s_per_us)
        self._write_down(ticket, work, answer, commit_ns=commit_ns)
        return answer

    def _act(self, work: Work) -> Answer:
        answer = work.act()
        if self._keeper is not None and work.tenant is not None:
            self._keeper(work.tenant, answer.payment)
        return answer

    async def _do_unattended(self, ticket: _Ticket, work: Work) -> Answer:
        # Nobody waits for it any more, but it happens: the client was told nothing about it.
        given_up_ns = now_ns()
        await asyncio.sleep(ticket.overdue_us * self._wall_s_per_us)
        answer = self._act(work)
        seen = structs.replace(TIMED_OUT, payment=answer.payment)
        self._write_down(ticket, work, seen, commit_ns=now_ns(), end_ns=given_up_ns)
        return answer

    async def _undisturbed(self, doing: Coroutine[object, object, Answer]) -> Answer:
        # A task of its own: over a real socket a client that gives up leaves the call running, but
        # an in-process transport cancels the coroutine that serves it.
        return await asyncio.shield(self._keep(doing))

    def _keep(self, doing: Coroutine[object, object, Answer]) -> asyncio.Task[Answer]:
        task = asyncio.get_running_loop().create_task(doing)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    def _write_down(
        self,
        ticket: _Ticket,
        work: Work,
        answer: Answer,
        *,
        commit_ns: int,
        end_ns: int | None = None,
    ) -> None:
        journal = self.strangers if work.tenant is None else work.tenant.journal
        call = Call(
            journal.next_number(),
            ticket.operation,
            ticket.attempt,
            ticket.trace,
            ticket.arrival_ns,
            ticket.start_ns,
            commit_ns,
            end_ns or (now_ns() if ticket.after_us else commit_ns),
            ticket.wait_us,
            ticket.connection,
            ticket.new_connection,
            answer.status,
            answer.code,
            ticket.fault,
        )
        journal.add(call, success=answer.success)
        payment = answer.payment
        if payment is not None:
            payment.note(call)
            if payment.payer_reference in FAULT_WALLETS and work.tenant is not None:
                work.tenant.faults.watch_wallets()


async def _admit(
    operation: Operation | None, headers: Mapping[bytes, bytes], receive: Receive
) -> tuple[Inbound, Work]:
    try:
        inbound = Inbound(headers, await read_body(headers, receive))
    except BodyTooLarge:
        return Inbound(headers, b""), refuse_at_once(TOO_LARGE, None)
    if operation is None:
        # The API gateway takes an Authorization header on an unknown path for one of its own.
        signed = b"authorization" in headers
        return inbound, refuse_at_once(NO_ROUTE_SIGNED if signed else NO_ROUTE, None)
    return inbound, operation.admit(inbound)


def _number(operation: str, work: Work, trace: str) -> tuple[str, int]:
    """Return whose chance to draw for a call, and which call of its kind it is; 0: draw none."""
    if not work.delayed or work.tenant is None:
        return "", 0
    # A refresh serves every shopper to come, whoever set it off: its draw belongs to the app key's
    # nth refresh, so that variants that refresh alike also wait alike.
    key = "" if operation == SHARED_OPERATION else trace or work.key
    return key, work.tenant.attempts.next(operation=operation, key=key)


def _parse_trace(header: bytes | None) -> str:
    match = None if header is None else _TRACEPARENT.fullmatch(header)
    trace = "" if match is None else match[1].decode()
    return "" if trace == _NO_TRACE else trace
