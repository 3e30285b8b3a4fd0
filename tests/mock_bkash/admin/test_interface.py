"""The document of the admin API."""

from mock_bkash import MockConfig
from mock_bkash.admin import admin_document, admin_routes
from mock_bkash.admin.interface import INTERFACES
from mock_bkash.world import World

ROUTES = admin_routes(World(MockConfig()))


def test_every_route_has_its_interface():
    """And no interface is left over."""
    offered = {(method, route.path) for route in ROUTES for method in route.methods - {"HEAD"}}
    assert offered == set(INTERFACES)


def test_every_request_has_a_name_and_a_sentence_of_its_own():
    """The sentence is that of the code."""
    document = admin_document(ROUTES)
    requests = [one for path in document["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in requests}) == len(requests) == len(INTERFACES)
    assert all(one["summary"].endswith(".") for one in requests)


def test_parameters_are_those_of_the_query_and_the_path():
    """A payment's id has to be there."""
    paths = admin_document(ROUTES)["paths"]
    listed = paths["/_mock/payments"]["get"]["parameters"]
    assert [one["name"] for one in listed] == ["app_key", "offset", "limit"]
    (named,) = paths["/_mock/payments/{payment_id}/approve"]["post"]["parameters"]
    assert (named["name"], named["in"], named["required"]) == ("payment_id", "path", True)
