"""The control: a loop, a timer and a fixed answer, and nothing of what a mock does besides.

What it adds to a delay is what sockets, Python's loop and the load generator add: the floor.
"""

import asyncio
import resource
import sys

from mock_bkash.precise_loop import new_precise_loop

BACKLOG = 4096


def answer_of(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    return head % len(body) + body


class Visitor(asyncio.Protocol):
    """Answer each packet, which the load generator makes one request, after a time."""

    def __init__(self, answer: bytes, delay_s: float, loop: asyncio.AbstractEventLoop) -> None:
        self._answer = answer
        self._delay_s = delay_s
        self._loop = loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._delay_s:
            self._loop.call_later(self._delay_s, self._transport.write, self._answer)
        else:
            self._transport.write(self._answer)


async def serve(body: bytes, delay_s: float) -> None:
    loop = asyncio.get_running_loop()
    answer = answer_of(body)
    server = await loop.create_server(
        lambda: Visitor(answer, delay_s, loop), "127.0.0.1", 0, backlog=BACKLOG
    )
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"listening on http://127.0.0.1:{port}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with asyncio.Runner(loop_factory=new_precise_loop) as runner:
        runner.run(serve(sys.argv[1].encode(), float(sys.argv[2])))
