"""The body of an admin request as a table to read field by field, and whose app key it is about."""

from typing import Final

from msgspec import DecodeError
from msgspec.json import decode
from starlette.exceptions import HTTPException
from starlette.requests import Request

from mock_bkash.asgi import BodyTooLarge, ClientGone, read_body
from mock_bkash.document import Section, Source
from mock_bkash.tenant import Tenants

__all__ = ["name_app_key", "read_document"]

MAX_DOCUMENT_BYTES: Final = 256 * 1024
"""A fault plan with all its rules has a tenth of that."""

MAX_APP_KEY_LENGTH: Final = 255


async def read_document(request: Request) -> Section:
    """Return the JSON object in a request's body, the app key taken out of it.

    Raises:
        HTTPException: 400 where it is none, 413 where it is too long.
    """
    headers = dict(request.scope["headers"])
    try:
        body = await read_body(headers, request.receive, limit_bytes=MAX_DOCUMENT_BYTES)
        fields = decode(body)
    except BodyTooLarge as error:
        limit = f"{MAX_DOCUMENT_BYTES // 1024} KiB"
        raise HTTPException(413, f"a body is at most {limit} here") from error
    except ClientGone as error:
        raise HTTPException(400, "the body ended early") from error
    except (DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise HTTPException(400, f"the body is no JSON: {error}") from error
    if not isinstance(fields, dict):
        raise HTTPException(400, "the body must be a JSON object")
    request.state.app_key = fields.pop("app_key", None)
    return Section(fields, source=Source("", "", ValueError))


def name_app_key(request: Request, tenants: Tenants) -> str:
    """Return the app key that the query or the body names, or the only one that is known.

    Raises:
        HTTPException: 400 if it is needed, or can be nobody's.
    """
    app_key = request.query_params.get("app_key", getattr(request.state, "app_key", None))
    if app_key is None:
        if len(tenants) != 1:
            detail = f"{len(tenants)} app keys are known; say which one with app_key"
            raise HTTPException(400, detail)
        return next(iter(tenants)).app_key
    if not isinstance(app_key, str) or not 0 < len(app_key) <= MAX_APP_KEY_LENGTH:
        detail = f"app_key: must be a text of 1 to {MAX_APP_KEY_LENGTH} signs"
        raise HTTPException(400, detail)
    return app_key
