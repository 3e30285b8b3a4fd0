"""Faults over HTTP."""

import pytest

from mock_bkash.fault import desk

RESET = {"fault": "reset", "operations": ["execute_payment"]}


async def test_a_plan_is_put_shown_and_lifted(shop):
    """PUT replaces, POST adds, DELETE lifts one or all."""
    report = await shop.admin("PUT", "faults", json={"plan": "response-lost"})
    assert [plan["name"] for plan in report["plans"]] == ["response-lost"]
    assert (report["plans"][0]["source"], report["unused"]) == ("admin", ["response-lost"])
    report = await shop.admin("POST", "faults", json={"faults": [RESET]})
    assert [plan["name"] for plan in report["plans"]] == ["response-lost", "admin"]
    report = await shop.admin("POST", "faults", json={"name": "mine", "faults": [RESET]})
    assert [plan["name"] for plan in report["plans"]] == ["response-lost", "admin", "mine"]
    lifted = await shop.admin("DELETE", "faults", params={"name": "admin"})
    assert lifted == {"app_key": "shop", "lifted": ["admin"]}
    report = await shop.admin("PUT", "faults", json={"ttl_s": 5, "faults": [RESET]})
    assert [(plan["name"], plan["ttl_s"]) for plan in report["plans"]] == [("admin", 5.0)]
    assert (await shop.admin("DELETE", "faults"))["lifted"] == ["admin"]
    assert (await shop.admin("GET", "faults"))["plans"] == []


async def test_lifting_what_is_not_there_is_told(shop):
    """A misspelt name lifts nothing; lifting all of nothing is done."""
    answer = await shop.http.delete("/_mock/faults", params={"name": "outtage"})
    assert answer.status_code == 404
    assert "no plan 'outtage' is in force for app key 'shop'" in answer.json()["message"]
    assert (await shop.admin("DELETE", "faults"))["lifted"] == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"plan": "outtage"}, "did you mean 'outage'?"),
        ({"plan": "outage", "ttl_s": 3}, "ttl_s: is not known here, expected plan"),
        ({"faults": [{"fault": "rest"}]}, "faults[0].fault: must be one of"),
        ({"faults": [{**RESET, "probability": 2}]}, "faults[0].probability: must be"),
        ({}, "faults: must be a list that is not empty"),
        ({"name": "A", "faults": [RESET]}, "name: must be up to 64"),
    ],
)
async def test_a_wrong_plan_is_told_and_the_old_one_stays(shop, body: dict, words: str):
    """400 with the field."""
    await shop.admin("PUT", "faults", json={"plan": "reset"})
    answer = await shop.http.put("/_mock/faults", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]
    assert [plan["name"] for plan in (await shop.admin("GET", "faults"))["plans"]] == ["reset"]


async def test_a_plan_that_refuses_connections_needs_a_server_of_our_own(shop):
    """In one process nobody knocks, and a plan that can do nothing is not taken."""
    await shop.admin("PUT", "faults", json={"plan": "reset"})
    door = {"door": [{"shut_s": 1}]}
    for body in ({"plan": "refused"}, door, {**door, "faults": [RESET]}):
        answer = await shop.http.put("/_mock/faults", json=body)
        assert answer.status_code == 409
        assert "there is no door" in answer.json()["message"]
    assert [plan["name"] for plan in (await shop.admin("GET", "faults"))["plans"]] == ["reset"]
    answer = await shop.http.put("/_mock/faults", json={"door": [{"shut_s": 1, "for_s": 2}]})
    assert answer.status_code == 400
    assert "door[0].for_s: is not known here" in answer.json()["message"]


async def test_a_test_may_prepare_before_its_shop_starts(open_shop):
    """The plan begins with the app key's clock, and goes with its reset."""
    shop = open_shop(app_key="later")
    plan = {"app_key": "later", "plan": "status;status=503;from_s=10"}
    assert (await shop.admin("PUT", "faults", json=plan))["plans"][0]["in_force_s"] == 0
    await shop.grant()
    assert (await shop.call("create", shop.order())).status_code == 200
    await shop.admin("POST", "clock", json={"advance_s": 10})
    assert (await shop.call("create", shop.order())).status_code == 503
    reset = await shop.admin("POST", "reset", params={"app_key": "later"})
    assert reset == {"reset": ["later"]}
    report = await shop.admin("GET", "faults", params={"app_key": "later"})
    assert report["plans"] == []


async def test_what_was_only_prepared_can_be_reset(open_shop):
    """Though its app key never became known."""
    shop = open_shop()
    await shop.admin("PUT", "faults", json={"app_key": "never", "plan": "reset"})
    assert await shop.admin("POST", "reset") == {"reset": ["never"]}


async def test_preparing_is_bounded(shop, monkeypatch: pytest.MonkeyPatch):
    """409 when there are too many."""
    monkeypatch.setattr(desk, "MAX_BOARDS", 1)
    answer = await shop.http.put("/_mock/faults", json={"app_key": "x", "plan": "reset"})
    assert answer.status_code == 409
    assert "reset some" in answer.json()["message"]
