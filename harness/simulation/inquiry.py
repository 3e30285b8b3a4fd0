"""Questions to an application that nobody travels for: counters, audits, cron."""

from harness.errors import InvalidRunError
from harness.simulation.site import ASGIApp, RawHeaders, Site

__all__ = ["inquire"]


async def inquire(
    app: ASGIApp, method: str, target: str, *, body: bytes = b"", headers: RawHeaders | None = None
) -> bytes:
    """Ask an application and return the body of its answer.

    Raises:
        InvalidRunError: the answer is an error.
    """
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), *(headers or ())],
        "client": ("127.0.0.1", 1),
        "server": None,
        "state": {},
    }
    answer = await Site(app).serve(scope, body)
    if answer.status >= 400:
        raise InvalidRunError(f"{method} {path} was answered by {answer.status}")
    return answer.body
