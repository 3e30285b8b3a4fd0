"""Laws of the process: its own socket, one ready call, an orderly end that waits for answers."""

import asyncio
import os
import signal
import socket
import threading
import urllib.request
from typing import Any

import pytest

from harness.errors import ConfigurationError
from harness.merchant.server import listen, serve


def test_port_0_is_any_free_one():
    """The socket knows which, before anything is served."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_a_port_in_use_is_said_in_one_sentence():
    """With what to do."""
    with listen("127.0.0.1", 0) as listener:
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"port {port} .* in use; .* --port"):
            listen("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_refused():
    """TEST-NET-3 belongs to nobody's machine."""
    with pytest.raises(ConfigurationError, match=r"cannot listen on 203\.0\.113\.1"):
        listen("203.0.113.1", 0)


@pytest.mark.skipif(not socket.has_ipv6, reason="needs IPv6")
def test_an_ipv6_address_is_an_address_too():
    """Where the machine has one."""
    try:
        listener = listen("::1", 0)
    except ConfigurationError:
        pytest.skip("this machine has no IPv6 loopback")
    with listener:
        assert listener.family is socket.AF_INET6


@pytest.mark.real_time
def test_a_request_under_way_is_answered_after_sigterm():
    """The lifespan ends last, the signal handlers are as before, and the process goes on."""
    events: list[str] = []
    answers: list[bytes] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            events.append("stopped")
            await send({"type": "lifespan.shutdown.complete"})
            return
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.3)
        events.append("answered")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})

    listener = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def ask() -> None:
        with urllib.request.urlopen(url, timeout=180) as response:
            answers.append(response.read())

    asker = threading.Thread(target=ask)
    before = signal.getsignal(signal.SIGTERM)
    with listener:
        serve(app, listener, ready=asker.start, loop_factory=asyncio.new_event_loop)
    asker.join(timeout=180)
    assert answers == [b"done"]
    assert events == ["answered", "stopped"]
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.real_time
def test_a_lifespan_that_fails_is_never_ready():
    """Nobody is told to come in."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no"})

    ready: list[str] = []
    with listen("127.0.0.1", 0) as listener, pytest.raises(SystemExit):
        serve(
            app,
            listener,
            ready=lambda: ready.append("ready"),
            loop_factory=asyncio.new_event_loop,
        )
    assert ready == []
