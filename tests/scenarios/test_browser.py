"""A shopper's browser: every request is sent once, and whatever comes back is an answer."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from harness.load import MAX_BODY_BYTES

pytestmark = pytest.mark.real_time

SEND = """
import json, sys
from locust import FastHttpUser
from locust.env import Environment
from harness.load import Outcome, Reading, Request
from harness.rundata import RequestName
from scenarios.browser import Browser

class User(FastHttpUser):
    host = "http://127.0.0.1"

def request(url, method="GET", body=None):
    return Request(RequestName.LAND, method, url, {"x-own": "1"}, body, 0.0, False, "",
                   lambda answer: Reading(Outcome.OK))

browser = Browser(User(Environment(user_classes=[User])).client, timeout_s=float(sys.argv[2]))
answers = []
for line in json.loads(sys.argv[1]):
    if line == "forget":
        browser.forget()
    else:
        body = line[2].encode() if len(line) > 2 else None
        answers.append(browser.send(request(line[1], line[0], body)))
print(json.dumps([
    {"status": a.status, "headers": dict(a.headers), "bytes": len(a.body),
     "failure": a.failure, "error": a.error} for a in answers
]))
"""

Send = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def send(python: Callable[..., Any]) -> Send:
    def run(*steps: object, timeout_s: float = 120) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = python(SEND, json.dumps(steps), str(timeout_s))
        return answers

    return run


class Server:
    """Answer each request of each connection with the same bytes, then close if told so."""

    def __init__(self, answer: bytes, *, close: bool) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._answer = answer
        self._close = close
        self.heads: list[str] = []
        self.connections = 0

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        # A browser that has had enough resets the connection.
        with connection, suppress(OSError):
            while data := connection.recv(65_536):
                self.heads.append(data.decode())
                connection.sendall(self._answer)
                if self._close:
                    return

    def stop(self) -> None:
        # Closing alone does not wake a thread that waits in accept.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def serving(answer: bytes, *, close: bool = False) -> Iterator[Server]:
    server = Server(answer, close=close)
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield server
    server.stop()
    thread.join()


def ok(body: bytes = b"", *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def test_answer_is_handed_over_whole(send: Send) -> None:
    """Status, headers in lower case, and body; a redirect is not followed, a 404 not raised."""
    redirect = b"HTTP/1.1 303 X\r\nContent-Length: 2\r\nLocation: /x\r\nX-A: 1\r\nX-A: 2\r\n\r\nhi"
    with serving(redirect) as server:
        (answer,) = send(("GET", f"{server.url}/a?b=c"))
        assert len(server.heads) == 1
    assert (answer["status"], answer["bytes"], answer["failure"]) == (303, 2, None)
    assert answer["headers"]["location"] == "/x"
    assert answer["headers"]["x-a"] == "1, 2"
    with serving(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n") as server:
        (answer,) = send(("GET", server.url))
    assert (answer["status"], answer["failure"]) == (404, None)


def test_request_is_sent_as_it_was_asked_for(send: Send) -> None:
    """Method, path, body and headers, uncompressed answers wanted."""
    with serving(ok()) as server:
        send(("POST", f"{server.url}/pay?x=1", '{"a":1}'))
    head = server.heads[0]
    assert head.startswith("POST /pay?x=1 HTTP/1.1\r\n")
    assert head.endswith('\r\n\r\n{"a":1}')
    assert "x-own: 1\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_request_is_sent_once_when_the_connection_closes(send: Send, method: str) -> None:
    """A GET without an answer is a failure to be recorded, not a request to be repeated."""
    with serving(b"", close=True) as server:
        (answer,) = send((method, server.url))
    assert answer["failure"] == "connection"
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        pytest.param(b"garbage\r\n\r\n", "protocol", id="not HTTP"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "protocol", id="cut body"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Le", "protocol", id="cut header"),
    ],
)
def test_broken_answer_is_a_failure(send: Send, answer: bytes, failure: str) -> None:
    """An answer that ends early is none."""
    with serving(answer, close=True) as server:
        (got,) = send(("GET", server.url))
    assert got["failure"] == failure
    assert got["error"]


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nslow"]
)
def test_answer_that_does_not_end_is_a_timeout(send: Send, answer: bytes) -> None:
    """The limit covers the body, too."""
    with serving(answer) as server:
        (got,) = send(("GET", server.url), timeout_s=1)
    assert (got["failure"], got["error"]) == ("timeout", "no whole answer within 1 s")


def test_refused_connection_is_a_failure(send: Send, reserve_port: Callable[[], int]) -> None:
    """Nobody listens there."""
    (answer,) = send(("GET", f"http://127.0.0.1:{reserve_port()}/"))
    assert answer["failure"] == "connection"
    assert "refused" in answer["error"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999/", "http://127.0.0.1:1/a b\r\nX: y"])
def test_url_that_cannot_be_sent_is_a_failure(send: Send, url: str) -> None:
    """A shop's answer may hold any text as a URL."""
    (answer,) = send(("GET", url))
    assert answer["failure"] in ("protocol", "connection")


def test_body_is_read_up_to_its_limit(send: Send) -> None:
    """A huge answer fills no memory."""
    with serving(ok(b"x" * (MAX_BODY_BYTES + 500_000))) as server:
        (answer,) = send(("GET", server.url))
    assert answer["bytes"] == MAX_BODY_BYTES


def test_cookies_and_connection_last_for_one_shopper(send: Send) -> None:
    """Within a journey both are kept; the next shopper has neither."""
    with serving(ok(b"", "Set-Cookie: session=secret; Path=/")) as server:
        send(("GET", server.url), ("GET", server.url), "forget", ("GET", server.url))
    assert [("session=secret" in head) for head in server.heads] == [False, True, False]
    assert server.connections == 2
