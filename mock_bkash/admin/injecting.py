"""Faults over HTTP: put plans in force for an app key, see what they did, lift them."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mock_bkash.admin.document import name_app_key, read_document
from mock_bkash.admin.doorkeeping import NO_DOOR
from mock_bkash.admin.fault import json_response
from mock_bkash.admin.shape import FaultsLifted, FaultsShown
from mock_bkash.document import Section
from mock_bkash.doorman import door_of
from mock_bkash.fault import FaultBoard, FaultPlan, named_plan, read_plan
from mock_bkash.world import World

__all__ = ["Injecting"]

ADMIN = "admin"
"""Source of the plans that came this way."""

DEFAULT_NAME = "admin"
"""What a plan is called that came without a name."""


class Injecting:
    """Answer the requests to `/_mock/faults`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def show(self, request: Request) -> Response:
        """Show the plans of an app key and how often each rule matched and fired."""
        return self._report(name_app_key(request, self._world.tenants))

    async def replace(self, request: Request) -> Response:
        """Lift all plans of an app key and put one in force."""
        return await self._put(request, alone=True)

    async def add(self, request: Request) -> Response:
        """Put a plan in force beside the others; one of the same name makes room for it."""
        return await self._put(request, alone=False)

    async def lift(self, request: Request) -> Response:
        """Lift the plan that `?name=` names, or all of an app key."""
        app_key = name_app_key(request, self._world.tenants)
        name = request.query_params.get("name")
        lifted = self._lift(app_key, name)
        if name is not None and not lifted:
            raise HTTPException(404, f"no plan {name!r} is in force for app key {app_key!r}")
        done: FaultsLifted = {"app_key": app_key, "lifted": lifted}
        return json_response(done)

    async def _put(self, request: Request, *, alone: bool) -> Response:
        document = await read_document(request)
        app_key = name_app_key(request, self._world.tenants)
        try:
            plan = _read(document)
            door = door_of(request.scope)
            if plan.door and door is None:
                raise HTTPException(409, NO_DOOR)
            if alone:
                self._lift(app_key)
            self._board(app_key).put(plan, source=ADMIN, now_s=self._now_s(app_key))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        if door is not None:
            self._world.doorman.begin(app_key, plan, door)
        return self._report(app_key)

    def _lift(self, app_key: str, name: str | None = None) -> list[str]:
        lifted = self._board(app_key).lift(name)
        for plan_name in lifted:
            self._world.doorman.dismiss(app_key, plan_name)
        return lifted

    def _report(self, app_key: str) -> Response:
        board = self._board(app_key)
        plans: list[Any] = board.report(now_s=self._now_s(app_key))
        for plan in plans:
            owner = app_key if plan["source"] == ADMIN else None
            done = self._world.doorman.done(owner, plan["name"])
            plan["unused"] = plan["unused"] and not done
            plan["door"] = [
                {**shutting, "unused": i not in done} for i, shutting in enumerate(plan["door"])
            ]
        shown: FaultsShown = {
            "app_key": app_key,
            "plans": plans,
            "single": dict(board.single),
            "unused": [plan["name"] for plan in plans if plan["unused"]],
        }
        return json_response(shown)

    def _board(self, app_key: str) -> FaultBoard:
        try:
            return self._world.tenants.fault_desk.prepare(app_key)
        except ValueError as error:
            raise HTTPException(409, str(error)) from error

    def _now_s(self, app_key: str) -> float:
        # An app key that nobody has called with yet has no clock: its plans begin with it.
        tenant = self._world.tenants.find(app_key)
        return 0.0 if tenant is None else tenant.clock.elapsed_s()


def _read(document: Section) -> FaultPlan:
    if "plan" in document.fields():
        document.refuse_unknown(("plan",))
        return named_plan(document.text("plan"))
    return read_plan(document, default_name=DEFAULT_NAME)
