"""The door of the server over HTTP: refuse new connections for a while."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.document import read_document
from mock_bkash.admin.fault import json_response
from mock_bkash.admin.shape import DoorShut
from mock_bkash.doorman import door_of
from mock_bkash.fault.shutting import MAX_SHUT_S
from mock_bkash.world import World

__all__ = ["NO_DOOR", "Doorkeeping"]

NO_DOOR = "there is no door: this mock has no server of its own"


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
        door = door_of(request.scope)
        if door is None:
            raise HTTPException(409, NO_DOOR)
        door.shut(shut_s * self._world.config.time_scale)
        done: DoorShut = {"shut_s": shut_s}
        return json_response(done)
