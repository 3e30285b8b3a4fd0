"""The door of the server over HTTP: refuse new connections for a while."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.document import read_document
from mock_bkash.admin.fault import json_response
from mock_bkash.admin.shape import DoorShut
from mock_bkash.door import DOOR_KEY, Door
from mock_bkash.world import World

__all__ = ["Doorkeeping"]

MAX_SHUT_S = 3600.0
"""Longest time the door stays shut: the admin API is behind it, too."""


class Doorkeeping:
    """Answer `POST /_mock/door`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def shut(self, request: Request) -> Response:
        """Refuse new connections for `shut_s` modelled seconds, this API's own included."""
        document = await read_document(request)
        try:
            document.refuse_unknown(("shut_s",))
            shut_s = document.within("shut_s", low=0, high=MAX_SHUT_S)
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        door: Door | None = request.scope.get("state", {}).get(DOOR_KEY)
        if door is None:
            raise HTTPException(409, "there is no door: this mock has no server of its own")
        door.shut(shut_s * self._world.config.time_scale)
        done: DoorShut = {"shut_s": shut_s}
        return json_response(done)
