"""What the mock understands, over HTTP: the OpenAPI documents of the gateway and of this API."""

from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.fault import json_response
from mock_bkash.admin.interface import admin_document
from mock_bkash.openapi import gateway_document

__all__ = ["Describing"]


class Describing:
    """Answer the requests for documents."""

    async def gateway(self, request: Request) -> Response:
        """Return the OpenAPI document of what merchants call."""
        return json_response(gateway_document())

    async def admin(self, request: Request) -> Response:
        """Return the OpenAPI document of the admin API."""
        return json_response(admin_document(request.app.routes))
