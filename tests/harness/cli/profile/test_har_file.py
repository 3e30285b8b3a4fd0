"""Laws of reading timings from HAR."""

import json

import pytest

from harness.cli.profile.har_file import read_har_timings
from harness.errors import ConfigurationError

BKASH = "https://tokenized.pay.bka.sh/v1.2.0-beta/tokenized/checkout"
SHOP = "https://shop.example/api/bkash"


def entry(url, *, wait=1000.0, status=200, method="GET", timing=None, **timings):
    headers = [] if timing is None else [{"name": "Server-Timing", "value": timing}]
    return {
        "startedDateTime": "2026-01-01T00:00:00Z",
        "time": wait + 100,
        "request": {"method": method, "url": url, "headers": [{"name": "Cookie", "value": "x"}]},
        "response": {"status": status, "headers": headers},
        "timings": {"send": 1.0, "wait": wait, "receive": 4.0, **timings},
    }


@pytest.fixture
def read(tmp_path):
    def read(*entries):
        path = tmp_path / "t.har"
        path.write_text(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}))
        return read_har_timings(path)

    return read


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("/token/grant", "token_grant"),
        ("/token/refresh", "token_refresh"),
        ("/create", "create_payment"),
        ("/execute", "execute_payment"),
        ("/payment/status", "query_payment"),
        ("/general/searchTransaction", "search_transaction"),
    ],
)
def test_calls_to_bkash_are_operations(read, path, operation):
    """As a proxy in front of the shop records them; connecting is not part of them."""
    timings = read(entry(BKASH + path, wait=800, method="POST", connect=90.0, ssl=60.0))
    assert timings.seconds[operation] == pytest.approx((0.805,))
    assert timings.stand_ins == ()


def test_server_timing_tells_stages(read):
    """Names that are ours are operations; others and empty ones are left out."""
    header = (
        "validate_user;dur=250, create_payment;dur=1000.5;start=300, other;dur=3,"
        " load_payment;dur=0"
    )
    timings = read(entry(f"{SHOP}/make-payment", timing=header, connect=90.0, ssl=60.0))
    assert timings.seconds == {"validate_user": (0.25,), "create_payment": (1.0005,)}
    assert timings.shopper_round_trip_s == pytest.approx(0.03)


def test_whole_requests_stand_in_where_nothing_better_is(read):
    """A browser sees make-payment and the callback, and says so."""
    timings = read(
        entry(f"{SHOP}/make-payment", wait=2000, method="POST"),
        entry(f"{SHOP}/callback?paymentID=TR1&status=success", wait=1500, status=302),
    )
    assert timings.seconds["create_payment"] == pytest.approx((2.005,))
    assert timings.seconds["execute_payment"] == pytest.approx((1.505,))
    assert set(timings.stand_ins) == {"create_payment", "execute_payment"}
    assert timings.shopper_round_trip_s is None


def test_the_best_source_wins(read):
    """Calls to bKash before stages, stages before whole requests."""
    timings = read(
        entry(f"{BKASH}/create", wait=700),
        entry(f"{SHOP}/make-payment", timing="create_payment;dur=900, insert_payment;dur=90"),
        entry(f"{SHOP}/make-payment", wait=3000),
    )
    assert timings.seconds["create_payment"] == pytest.approx((0.705,))
    assert timings.seconds["insert_payment"] == pytest.approx((0.09,))
    assert timings.stand_ins == ()
    assert any("not needed" in sentence for sentence in timings.unused)


def test_what_cannot_be_used_is_counted(read):
    """Failures, preflights, pages, sleeping laptops and malformed addresses."""
    timings = read(
        entry(f"{SHOP}/make-payment"),
        entry(f"{SHOP}/make-payment", status=500),
        entry(f"{SHOP}/make-payment", status=0),
        entry(f"{SHOP}/make-payment", method="OPTIONS"),
        entry("https://shop.example/logo.png"),
        entry(f"{SHOP}/make-payment", wait=3_600_000),
        entry("https://[x/api/bkash/callback"),
    )
    text = "; ".join(timings.unused)
    for words in ("2 of 7", "preflight", "neither payments", "no usable time", "malformed"):
        assert words in text
    assert timings.seconds["create_payment"] == pytest.approx((1.005,))


def test_without_phases_the_whole_time_counts(read):
    """Some exporters leave `timings` out or fill it with -1."""
    bare = entry(f"{BKASH}/execute", wait=400)
    del bare["timings"]
    empty = entry(f"{BKASH}/execute", wait=400)
    empty["timings"]["wait"] = -1
    assert read(bare, empty).seconds["execute_payment"] == pytest.approx((0.5, 0.5))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"log":{}}', '{"log":{"entries":[{"request":{}}]}}', '{"log":{"entries":[]}}'],
)
def test_what_is_no_har_or_says_nothing_is_refused(tmp_path, text):
    """One sentence with the file's name."""
    path = tmp_path / "t.har"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"t\.har"):
        read_har_timings(path)


def test_nothing_secret_is_told(read):
    """A HAR holds cookies and tokens; neither sentences nor origins repeat them."""
    timings = read(
        entry(f"{SHOP}/make-payment?token=canary"), entry("https://shop.example/x?secret=canary")
    )
    assert "canary" not in repr(timings)
