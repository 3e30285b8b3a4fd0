"""A shopper's browser on Locust's fast HTTP client: own cookies, own connections, nothing followed.

It goes below `FastHttpSession.request`, for three reasons. That method hides a timeout of ours
behind a retry error; it counts a 4xx as an exception, where here every answer is data; and under it
an idempotent request is sent again, silently and up to eleven times, when the server closes the
connection without an answer: a callback would be made twice and timed once.
"""

import gevent  # type: ignore[import-untyped]
from geventhttpclient.client import HTTPClient
from geventhttpclient.header import Headers
from geventhttpclient.response import HTTPConnectionClosed, HTTPParseError, HTTPSocketPoolResponse
from geventhttpclient.useragent import CompatResponse
from locust.contrib.fasthttp import FastHttpSession, FastRequest

from harness.load import MAX_BODY_BYTES, Answer, Outcome, Request

__all__ = ["CONNECTIONS", "Browser"]

CONNECTIONS = 6
"""Connections per host, as browsers have them; a journey needs two (itself and a prefetch)."""

CHUNK_BYTES = 16_384

_HEADERS = {
    "User-Agent": "bkash-bench",
    # No compression: the answer's time is the shop's, not that of an unpacker, and no body can be
    # larger than what was read of it.
    "Accept-Encoding": "identity",
}


class _TooLate(BaseException):
    """The whole exchange took longer than its limit; no handler on the way may swallow it."""


class Browser:
    """Send requests for one shopper after the other, never mixing them.

    Args:
        session: of a Locust user; its cookie jar and connections are used.
        timeout_s: longest time for one answer, connection and body included, wall seconds.
    """

    def __init__(self, session: FastHttpSession, *, timeout_s: float) -> None:
        self._agent = session.client
        jar = session.client.cookiejar
        assert jar is not None, "Locust's session has no cookie jar"
        self._jar = jar
        self._timeout_s = timeout_s

    def send(self, request: Request) -> Answer:
        """Send a request and return what came back; whatever goes wrong is an answer, too."""
        try:
            with gevent.Timeout(self._timeout_s, _TooLate):
                return self._exchange(request)
        except (_TooLate, TimeoutError):
            return _failed(Outcome.TIMEOUT, f"no whole answer within {self._timeout_s:g} s")
        except HTTPConnectionClosed:
            return _failed(Outcome.CONNECTION, "the server closed the connection without an answer")
        except HTTPParseError as error:
            return _failed(Outcome.PROTOCOL, f"the answer is not HTTP, or ends early: {error}")
        except OSError as error:
            return _failed(Outcome.CONNECTION, error.strerror or str(error))
        except (ValueError, RuntimeError) as error:
            # geventhttpclient's words for a URL that cannot be sent, or a host without an address.
            return _failed(Outcome.PROTOCOL, str(error))

    def forget(self) -> None:
        """Drop cookies and connections: who comes next is another shopper."""
        self._agent.clientpool.close()
        self._jar.clear()

    def _exchange(self, request: Request) -> Answer:
        sent = FastRequest(
            request.url,
            method=request.method,
            headers=_headers(request),
            payload=request.body,
        )
        self._jar.add_cookie_header(sent)
        client = self._agent.clientpool.get_client(sent.url_split)
        _send_once(client)
        raw = client.request(
            sent.method, sent.url_split.quoted_uri, body=request.body, headers=sent.headers
        )
        self._jar.extract_cookies(CompatResponse(raw, sent), sent)  # type: ignore[arg-type]
        body = _read_body(raw)
        return Answer(status=raw.get_code(), headers=_plain_headers(raw), body=body)


def _headers(request: Request) -> Headers:
    headers = Headers(_HEADERS)
    headers.update(dict(request.headers))
    return headers


def _send_once(client: HTTPClient) -> None:
    """Keep the client from sending an idempotent request again: it tries as often as this + 1."""
    client._connection_pool.size = -1


def _read_body(raw: HTTPSocketPoolResponse) -> bytes:
    body = bytearray()
    while len(body) < MAX_BODY_BYTES:
        chunk = raw.read(min(CHUNK_BYTES, MAX_BODY_BYTES - len(body)))
        if not chunk:
            break
        body += chunk
    raw.release()
    return bytes(body)


def _plain_headers(raw: HTTPSocketPoolResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in raw.info().itermerged()}


def _failed(outcome: Outcome, error: str) -> Answer:
    return Answer(failure=outcome, error=error)
