"""The OpenAPI documents over HTTP."""

from mock_bkash import MockConfig
from mock_bkash.admin import admin_document, admin_routes
from mock_bkash.openapi import gateway_document
from mock_bkash.world import World


async def test_both_documents_are_served(shop):
    """The same that `mock-bkash openapi` prints."""
    assert await shop.admin("GET", "openapi.json") == gateway_document()
    expected = admin_document(admin_routes(World(MockConfig())))
    assert await shop.admin("GET", "openapi-admin.json") == expected
