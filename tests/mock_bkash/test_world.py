"""The wiring."""

from mock_bkash import MockConfig, load_profile
from mock_bkash.wire.tokenized import PATHS
from mock_bkash.world import World


async def test_every_path_is_served_by_its_operation():
    """The journal shows the name that the wire gives the path."""
    world = World(MockConfig(profile=load_profile("fast")))
    for path, name in PATHS.items():
        sent = []
        scope = {"type": "http", "method": "POST", "path": path, "headers": []}

        async def receive():
            return {"type": "http.request", "body": b"{"}

        async def send(message, sent=sent):
            sent.append(message)

        await world.gateway(scope, receive, send)
        assert sent[0]["status"] in (400, 401)
        assert world.gateway.strangers.kept[-1].operation == name


def test_two_worlds_share_no_secret():
    """Ids of one mock say nothing about those of another."""
    config = MockConfig()
    ids = [World(config).identifiers.page_hash("TR1") for _ in range(2)]
    assert ids[0] != ids[1]
