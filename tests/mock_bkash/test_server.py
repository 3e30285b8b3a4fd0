"""The mock as a process: real sockets, real signals."""

import contextlib
import gc
import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from mock_bkash import MockConfig, create_app, load_profile
from mock_bkash.server import AddressError, listen, serve

pytestmark = pytest.mark.real_time

CHECKOUT = "/v1.2.0-beta/tokenized/checkout"
ENDED_WITHIN_S = 180


@contextlib.contextmanager
def mock_process(*options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A mock on a free port; stopped in the end, whatever happens."""
    command = [sys.executable, "-m", "mock_bkash", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert process.stdout is not None
    try:
        ready = process.stdout.readline()
        assert ready.startswith("mock bKash listening on http://127.0.0.1:"), ready
        yield process, int(ready.rsplit(":", 1)[1])
    finally:
        process.kill()
        process.communicate(timeout=ENDED_WITHIN_S)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with mock_process("--profile", "fast") as (_, listening_port):
        yield listening_port


def post(line: http.client.HTTPConnection, path: str, body: object, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request("POST", path, json.dumps(body), named)
    answer = line.getresponse()
    return answer, json.loads(answer.read())


def grant(line: http.client.HTTPConnection, app_key: str, **headers: str) -> str:
    body = {"app_key": app_key, "app_secret": "s"}
    path = f"{CHECKOUT}/token/grant"
    _, granted = post(line, path, body, username="u", password="p", **headers)
    token: str = granted["id_token"]
    return token


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well(stop: signal.Signals):
    """Status 0, nothing on standard output but the one line, nothing on standard error."""
    with mock_process("--profile", "fast") as (process, _):
        process.send_signal(stop)
        out, err = process.communicate(timeout=ENDED_WITHIN_S)
        assert (process.returncode, out, err) == (0, "", "")


def test_the_end_of_its_lifeline_ends_it_well():
    """What is written on it is passed over."""
    command = [sys.executable, "-m", "mock_bkash", "serve", "--port", "0", "--until-eof"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().startswith("mock bKash listening")
        process.stdin.write("hello\n")
        process.stdin.flush()
        out, err = process.communicate(timeout=ENDED_WITHIN_S)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_call_under_way_does_not_keep_it_from_ending():
    """Modelled waits can be longer than anyone's patience."""
    with mock_process("--time-scale", "1000") as (process, listening_port):
        with socket.create_connection(("127.0.0.1", listening_port)) as waiting:
            body = b'{"app_key":"k","app_secret":"s"}'
            waiting.sendall(
                b"POST %s/token/grant HTTP/1.1\r\nhost: x\r\nusername: u\r\npassword: p\r\n"
                b"content-length: %d\r\n\r\n%s" % (CHECKOUT.encode(), len(body), body)
            )
            # Answered after the first was taken in, since both go through one loop.
            connection = http.client.HTTPConnection("127.0.0.1", listening_port)
            connection.request("GET", "/_mock/health")
            assert json.loads(connection.getresponse().read())["app_keys"] == ["k"]
            connection.close()
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=ENDED_WITHIN_S)
        assert process.returncode == 0


def test_a_port_in_use_is_one_line_and_status_2(port: int):
    """With the mend."""
    command = [sys.executable, "-m", "mock_bkash", "serve", "--port", str(port)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=ENDED_WITHIN_S, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"Error: port {port} on 127.0.0.1 is in use: give another --port")
    assert done.stderr.count("\n") == 1


def test_an_address_that_is_not_ours_cannot_be_listened_on():
    """The system's reason is passed on."""
    with pytest.raises(AddressError, match=r"cannot listen on 192\.0\.2\.1 port 0: "):
        listen("192.0.2.1", 0)


def test_an_address_in_use_cannot_be_listened_on(port: int):
    """The mend is another port."""
    with pytest.raises(AddressError, match=f"port {port} on 127.0.0.1 is in use: give another"):
        listen("127.0.0.1", port)


def test_listening_turns_nagle_off():
    """asyncio does it only for sockets that name their protocol; else answers wait 40 ms."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_connections_are_told_apart(port: int):
    """Kept alive it is one; each `Connection: close` is another, and answered as asked."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    token = grant(connection, "counted")
    guard = {"authorization": token, "x_app_key": "counted"}
    for _ in range(3):
        answer, _ = post(connection, f"{CHECKOUT}/execute", {}, **guard)
        assert answer.getheader("connection") is None
    for _ in range(2):
        single = http.client.HTTPConnection("127.0.0.1", port)
        answer, _ = post(single, f"{CHECKOUT}/execute", {}, connection="close", **guard)
        assert answer.getheader("connection") == "close"
        single.close()
    connection.request("GET", "/_mock/counters?app_key=counted")
    counters = json.loads(connection.getresponse().read())
    assert counters["connections"] == 3
    assert counters["calls"] == {"token_grant": 1, "execute_payment": 5}
    connection.request("GET", "/_mock/journal?app_key=counted")
    calls = json.loads(connection.getresponse().read())["calls"]
    assert [call["new_connection"] for call in calls] == [True, False, False, False, True, True]
    assert len({call["connection"] for call in calls}) == 3
    connection.close()


def test_answers_carry_no_server_name_but_a_date(port: int):
    """A client may learn the gateway's clock from it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("server")) == (403, None)
    assert answer.getheader("date")
    assert answer.getheader("server-timing") == "model;dur=0.000"
    connection.close()


def test_a_client_that_offers_http2_is_answered_in_http1(port: int):
    """Java's client offers h2c with every first request; its body must not get lost."""
    body = b'{"app_key":"java","app_secret":"s"}'
    request = (
        b"POST %s/token/grant HTTP/1.1\r\nhost: x\r\nusername: u\r\npassword: p\r\n"
        b"connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAEAAEAA\r\n"
        b"content-length: %d\r\n\r\n%s" % (CHECKOUT.encode(), len(body), body)
    )
    with socket.create_connection(("127.0.0.1", port), timeout=ENDED_WITHIN_S) as client:
        for _ in range(2):
            client.sendall(request)
            answer = http.client.HTTPResponse(client)
            answer.begin()
            assert json.loads(answer.read())["statusCode"] == "0000"


@pytest.mark.parametrize(
    "garbage",
    [b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n"],
)
def test_garbage_on_the_socket_is_400_and_the_mock_lives_on(port: int, garbage: bytes):
    """TLS on a plain port, half a request line, a length that is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=ENDED_WITHIN_S) as client:
        client.sendall(garbage)
        assert client.recv(4096).startswith(b"HTTP/1.1 400")
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/_mock/health")
    assert connection.getresponse().status == 200
    connection.close()


def test_a_body_of_ten_megabytes_is_refused_and_the_connection_usable(port: int):
    """413 without keeping it; the next request goes through."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ENDED_WITHIN_S)
    connection.request("POST", f"{CHECKOUT}/create", b"x" * 10_000_000)
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())) == (413, {"message": "Request Too Long"})
    connection.request("GET", "/_mock/health")
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_with_the_signal_and_leaves_the_handlers_as_they_were(stop: signal.Signals):
    """In this very process: a caller goes on afterwards as if nothing had been."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    seen: list[object] = []

    def visit() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ENDED_WITHIN_S)
        seen.append(bool(grant(connection, "here", upgrade="h2c", connection="Upgrade")))
        seen.append(bool(grant(connection, "here")))
        connection.request("GET", "/_mock/counters")
        seen.append(json.loads(connection.getresponse().read())["connections"])
        connection.close()
        os.kill(os.getpid(), stop)

    visitor = threading.Thread(target=visit)
    serve(create_app(MockConfig(profile=load_profile("fast"))), listener, ready=visitor.start)
    visitor.join(ENDED_WITHIN_S)
    assert seen == [True, True, 1]
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


@pytest.mark.parametrize(
    ("limits", "raised"),
    [
        ((1024, 20_000), (20_000, 20_000)),
        ((1024, 1_000_000), (65_536, 1_000_000)),
        ((1024, resource.RLIM_INFINITY), (65_536, resource.RLIM_INFINITY)),
        ((100_000, 1_000_000), None),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), None),
    ],
)
def test_as_many_connections_are_allowed_as_the_system_lets_us_have(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int], raised: tuple[int, int] | None
):
    """S13: ten thousand idle ones need a descriptor each; in the end all is as it was."""
    set_to: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda which: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda which, new: set_to.append(new))
    listener = listen("127.0.0.1", 0)

    def stop() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    serve(create_app(MockConfig(profile=load_profile("fast"))), listener, ready=stop)
    assert set_to == [*([raised] if raised else []), limits]


def test_the_collector_is_quiet_while_the_mock_serves_and_as_it_was_afterwards():
    """M2: a round through all loaded modules is 50 ms in which nobody is answered."""
    before, during = gc.get_threshold(), []
    listener = listen("127.0.0.1", 0)

    def look() -> None:
        during.append((gc.get_threshold()[0], gc.get_freeze_count() > 10_000))
        os.kill(os.getpid(), signal.SIGTERM)

    serve(create_app(MockConfig(profile=load_profile("fast"))), listener, ready=look)
    assert during == [(50_000, True)]
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_serving_ends_with_its_lifeline():
    """In this very process; what is written on it is passed over."""
    reading, writing = os.pipe()
    listener = listen("127.0.0.1", 0)

    def cut() -> None:
        os.write(writing, b"hello")
        threading.Timer(0.3, os.close, [writing]).start()

    app = create_app(MockConfig(profile=load_profile("fast")))
    serve(app, listener, ready=cut, lifeline=reading)
    assert os.read(reading, 1) == b""
    os.close(reading)
