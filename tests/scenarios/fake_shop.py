"""A shop and a bKash in one small process, for tests of the scenario: `python fake_shop.py`.

Prints its port, serves until killed, and tells at `/_seen` what reached it.
"""

import asyncio
import json
import sys
from collections import Counter
from itertools import count
from urllib.parse import parse_qs, urlsplit

PAGE = """<html><head><meta name="bkash-prefetch" content="/api/bkash/refresh-token"></head>
<body><form method="post"><input type="hidden" name="amount" value="750"></form></body></html>"""

STAGES = "validate_user;dur=1.5;start=0.25, create_payment;dur=20.5;start=2;model=20"


class FakeShop:
    def __init__(self) -> None:
        self.port = 0
        self.seen: Counter[str] = Counter()
        self.users: list[int] = []
        self.sessions = count(1)
        self.frozen_until = 0.0

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes) -> bytes:
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.seen[f"{method} /{parts.path.split('/')[1]}/{parts.path.rsplit('/', 1)[1]}"] += 1
        if parts.path == "/_seen":
            return reply(200, json.dumps({"seen": self.seen, "users": self.users}).encode())
        if parts.path.startswith("/checkout/"):
            return self.land(query, headers)
        if parts.path == "/api/bkash/make-payment":
            return self.make_payment(json.loads(body), headers)
        if parts.path == "/bkash":
            back = f"http://127.0.0.1:{self.port}/api/bkash/callback"
            location = f"{back}?ref=r&paymentID={query['paymentID']}&status=success"
            return reply(302, b"", location=location)
        if parts.path == "/api/bkash/callback":
            return reply(303, b"", location="/checkout/result?ref=r&status=success")
        return reply(200, b"{}")

    def land(self, query: dict[str, str], headers: dict[str, str]) -> bytes:
        self.seen["cookies on landing"] += "cookie" in headers
        user = query["user_id"]
        return reply(200, PAGE.encode(), set_cookie=f"user={user}; Path=/", kind="text/html")

    def make_payment(self, order: dict[str, object], headers: dict[str, str]) -> bytes:
        self.seen["foreign cookies"] += headers.get("cookie") != f"user={order['user_id']}"
        self.seen["wrong amounts"] += order["amount"] != "750"
        self.seen["traces"] += "traceparent" in headers
        self.users.append(int(str(order["user_id"])))
        payment_id = f"TR{len(self.users)}"
        data = {
            "bkashURL": f"http://127.0.0.1:{self.port}/bkash?paymentID={payment_id}",
            "paymentID": payment_id,
        }
        return reply(200, json.dumps({"statusCode": 200, "data": data}).encode(), stages=STAGES)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.seen["connections"] += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode().split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines if line)
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                method, url, _ = first.split(" ")
                if url.startswith("/hang"):
                    await asyncio.sleep(3600)
                writer.write(self.answer(method, url, headers, body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def reply(
    status: int,
    body: bytes,
    *,
    location: str = "",
    set_cookie: str = "",
    kind: str = "application/json",
    stages: str = "",
) -> bytes:
    headers = {
        "content-length": str(len(body)),
        "content-type": kind,
        "location": location,
        "set-cookie": set_cookie,
        "server-timing": stages,
    }
    lines = [f"HTTP/1.1 {status} X", *(f"{k}: {v}" for k, v in headers.items() if v)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def main() -> None:
    shop = FakeShop()
    server = await asyncio.start_server(shop.serve, "127.0.0.1", 0)
    shop.port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"{shop.port}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
