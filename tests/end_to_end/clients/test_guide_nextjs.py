"""The shipped target guide-nextjs speaks to a backend that has the guide's routes.

Next.js itself is not run: see docs/targets.md for why, and for what is assumed of it.
"""

import json
from pathlib import Path

import httpx
import pytest

pytestmark = [pytest.mark.real_time, pytest.mark.node]

BACKEND = Path(__file__).parent / "guide_backend.cjs"


@pytest.fixture
def serve_guide(serve_script):
    def start(base_url: str) -> str:
        return serve_script(BACKEND, BKASH_BASE_URL=base_url, CRON_SECRET="let-me-in")

    return start


def test_the_guides_endpoints_answer_as_it_shows(serve_guide, desk):
    """Prefetch keeps a token, cron wants its secret, performance counts what was made."""
    with httpx.Client(base_url=serve_guide(desk.base_url), trust_env=False) as shopper:
        assert shopper.get("/api/bkash/test-token").json() == {"cached": False}
        for _ in range(2):
            assert shopper.post("/api/bkash/refresh-token").json() == {"success": True}
        assert shopper.get("/api/cron/refresh-bkash-token?secret=guess").status_code == 401
        assert shopper.get("/api/cron/refresh-bkash-token?secret=let-me-in").status_code == 200
        assert shopper.get("/api/bkash/performance").json()["payments"] == 0
    assert desk.calls(app_key="guide") == {"token_grant": 2}


def test_the_shipped_target_buys(household, serve_guide, port: int):
    """Every answer is what the target describes, and every payment goes well."""
    root = serve_guide(f"http://127.0.0.1:{port}/v1.2.0-beta")
    done = household.bench(
        *("probe", "--target", "guide-nextjs", "--url", root, "--mock-port", str(port)),
        *("--profile", "fast", "--payments", "3", "--patience", "1", "--token-lifetime", "1"),
        *("--out", "probe", "--json", "--quiet"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    record = json.loads(done.stdout)
    states = {check["mistake"]: check["state"] for check in record["checks"]}
    routine = [p for p in record["payments"] if p["purpose"] == "routine"]
    assert [p["outcome"] for p in routine] == ["ok"] * 3
    for understood in ("unreachable", "unreadable", "gateway_not_called", "payments_fail"):
        assert states[understood] == "clear"
    assert states["callback_believed"] == "clear"
    # Those of the stand-in, and whether the guide's own application makes them nobody here knows.
    assert {m for m, s in states.items() if s == "found"} == {"token_not_replaced", "client_amount"}
