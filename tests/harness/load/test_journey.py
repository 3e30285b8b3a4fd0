"""Journeys, driven by tables: requests out, answers in, no clock and no socket."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs

import msgspec
import pytest

from harness.load import (
    Answer,
    BodyFormat,
    Boundary,
    Crowd,
    Endpoint,
    Outcome,
    Reading,
    Request,
    Target,
    ThinkTimes,
    load_target,
    start_journey,
)
from harness.load.journey import MAX_STEPS
from harness.load.pointer import Pointer
from harness.rundata import RequestName
from harness.trace import TraceContext

SHOP = "http://127.0.0.1:8000"
BKASH = "http://127.0.0.1:8700"
SHOPPER = Crowd(1).shopper(0)
THINK = ThinkTimes(land_s=2.0, approve_s=1.0)

PAGE = Answer(200, {}, b'<form><input name="amount" value="750"></form>')
PREFETCHING = Answer(
    200, {}, PAGE.body + b'<meta name="bkash-prefetch" content="/api/bkash/refresh-token">'
)
PAID = Answer(
    200,
    {},
    msgspec.json.encode({"data": {"bkashURL": f"{BKASH}/p?paymentID=TR1", "paymentID": "TR1"}}),
)
BACK = Answer(302, {"location": f"{SHOP}/api/bkash/callback?ref=r&paymentID=TR1&status=success"})
THANKS = Answer(303, {"location": "/checkout/result?ref=r&status=success"})
GOOD = {"land": PAGE, "prefetch": Answer(202), "make_payment": PAID, "approve": BACK}
GOOD["callback"] = THANKS


def walk(
    answers: Callable[[Request], Answer],
    *,
    target: Target | None = None,
    boundary: Boundary | None = None,
    url: str = SHOP,
) -> list[tuple[Request, Reading]]:
    """Drive a journey to its end and return what was sent and what its answers meant."""
    journey = start_journey(
        target or load_target("merchant"),
        SHOPPER,
        url=url,
        think=THINK,
        boundary=boundary or Boundary(),
    )
    steps: list[tuple[Request, Reading]] = []
    request = next(journey, None)
    while request is not None:
        reading = request.read(answers(request))
        steps.append((request, reading))
        try:
            request = journey.send(None if request.background else reading)
        except StopIteration:
            request = None
    return steps


def fixed(**changes: Answer) -> Callable[[Request], Answer]:
    answers = {**GOOD, **changes}
    return lambda request: answers[request.name]


def test_good_journey_lands_pays_approves_and_comes_back() -> None:
    """Four requests, each to where the answer before it led, and a payment at the end."""
    steps = walk(fixed())
    assert [(r.method, r.url) for r, _ in steps] == [
        ("GET", f"{SHOP}/checkout/{SHOPPER.course_id}?user_id={SHOPPER.user_id}"),
        ("POST", f"{SHOP}/api/bkash/make-payment"),
        ("GET", f"{BKASH}/p?paymentID=TR1"),
        ("GET", f"{SHOP}/api/bkash/callback?ref=r&paymentID=TR1&status=success"),
    ]
    assert [r.outcome for _, r in steps] == ["ok"] * 4


def test_order_holds_what_shopper_and_page_say() -> None:
    """The body has the guide's fields, ids as numbers, the amount as the page shows it."""
    order = next(r for r, _ in walk(fixed()) if r.name == "make_payment")
    assert order.body is not None
    assert msgspec.json.decode(order.body) == {
        "user_id": SHOPPER.user_id,
        "course_id": SHOPPER.course_id,
        "amount": "750",
        "email": SHOPPER.email,
        "name": SHOPPER.name,
        "phone": SHOPPER.phone,
    }
    assert order.headers["content-type"] == "application/json"


def test_shopper_thinks_before_paying_and_at_bkash() -> None:
    """Think time stands before make-payment and before the callback, and nowhere else."""
    pauses = {r.name: r.think_s for r, _ in walk(fixed(land=PREFETCHING))}
    assert pauses == {
        "land": 0,
        "prefetch": 0,
        "make_payment": 2.0,
        "approve": 0,
        "callback": 1.0,
    }


def test_shop_is_told_the_payment_and_bkash_is_not() -> None:
    """Every request to the shop bears the arrival's trace with a span of its own."""
    steps = walk(fixed(land=PREFETCHING))
    traces = {r.name: r.headers.get("traceparent") for r, _ in steps}
    assert traces.pop(RequestName.APPROVE) is None
    for header in traces.values():
        trace = TraceContext.parse(header)
        assert trace is not None
        assert trace.trace_id == SHOPPER.trace_id
    assert len(set(traces.values())) == 4


def test_page_decides_on_prefetch() -> None:
    """With the meta element a POST goes out in the background; without, none."""
    prefetch = walk(fixed(land=PREFETCHING))[1][0]
    assert prefetch.name == "prefetch"
    assert (prefetch.method, prefetch.url) == ("POST", f"{SHOP}/api/bkash/refresh-token")
    assert prefetch.background
    assert "prefetch" not in [r.name for r, _ in walk(fixed())]


def test_target_may_always_prefetch() -> None:
    """For a page whose script prefetches, the target says so whatever the page holds."""
    target = replace(load_target("merchant"), prefetch=Endpoint("PUT", "/warm/{user_id}"))
    prefetch = walk(fixed(), target=target)[1][0]
    assert (prefetch.method, prefetch.url) == ("PUT", f"{SHOP}/warm/{SHOPPER.user_id}")
    assert prefetch.background


@pytest.mark.parametrize(
    "answer", [Answer(500), Answer(404), Answer(failure=Outcome.TIMEOUT, error="late")]
)
def test_failed_prefetch_harms_nothing(answer: Answer) -> None:
    """The journey goes on, and the failure is recorded as the prefetch's own."""
    steps = walk(fixed(land=PREFETCHING, prefetch=answer))
    assert [r.name for r, _ in steps][-1] == "callback"
    assert steps[1][1].outcome != "ok"


def test_payment_id_is_known_from_make_payment_on() -> None:
    """The samples of make-payment, approve and callback can name bKash's payment."""
    known = {r.name: reading.payment_id or r.payment_id for r, reading in walk(fixed())}
    assert known == {"land": "", "make_payment": "TR1", "approve": "TR1", "callback": "TR1"}


def test_payment_id_is_taken_from_the_callback_where_the_shop_hides_it() -> None:
    """bKash itself tells it on the way back."""
    answer = Answer(200, {}, b'{"data":{"bkashURL":"http://127.0.0.1:8700/p?h=1"}}')
    assert walk(fixed(make_payment=answer))[-1][0].payment_id == "TR1"


FAILURES = [
    ("timeout", Answer(failure=Outcome.TIMEOUT, error="no answer within 5 s"), "timeout"),
    ("refused connection", Answer(failure=Outcome.CONNECTION, error="refused"), "connection"),
    ("HTTP 500", Answer(500, {}, b"<h1>oops"), "http_500"),
    ("HTTP 503", Answer(503), "http_503"),
    ("HTTP 409", Answer(409, {}, b'{"message":"already enrolled"}'), "refused"),
    ("abandoned", Answer(failure=Outcome.ABANDONED, error="stopped"), "abandoned"),
]


@pytest.mark.parametrize("request_name", ["land", "make_payment", "approve", "callback"])
@pytest.mark.parametrize(
    ("answer", "outcome"), [f[1:] for f in FAILURES], ids=[f[0] for f in FAILURES]
)
def test_failed_request_ends_the_journey(request_name: str, answer: Answer, outcome: str) -> None:
    """Nothing is sent after a request that failed, and its outcome says how."""
    steps = walk(fixed(**{request_name: answer}))
    assert steps[-1][0].name == request_name
    assert steps[-1][1].outcome == outcome
    assert steps[-1][1].error


@pytest.mark.parametrize(
    ("request_name", "answer", "outcome", "error"),
    [
        pytest.param(
            "make_payment", Answer(200, {}, b"<html>"), "protocol", "bkashURL", id="garbage"
        ),
        pytest.param("make_payment", Answer(200, {}, b"{}"), "protocol", "bkashURL", id="no URL"),
        pytest.param(
            "make_payment",
            Answer(200, {}, b'{"statusCode":404,"statusMessage":"User not found"}'),
            "refused",
            "404: User not found",
            id="refusal under HTTP 200",
        ),
        pytest.param(
            "make_payment",
            Answer(200, {}, b'{"data":{"bkashURL":"https://payment.bkash.com/x"}}'),
            "protocol",
            "payment.bkash.com is not this machine",
            id="the real bKash",
        ),
        pytest.param(
            "make_payment",
            Answer(200, {}, b'{"data":{"bkashURL":"javascript:alert(1)"}}'),
            "protocol",
            "not an http",
            id="URL of another kind",
        ),
        pytest.param(
            "approve", Answer(302), "protocol", "without a Location", id="redirect nowhere"
        ),
        pytest.param("approve", Answer(200, {}, b"<p>Gone"), "protocol", "no form", id="no form"),
        pytest.param(
            "approve",
            Answer(302, {"location": "http://example.com/?paymentID=1&status=success"}),
            "protocol",
            "example.com",
            id="callback elsewhere",
        ),
        pytest.param(
            "callback",
            Answer(303, {"location": "/checkout/result?ref=r&status=failed"}),
            "not_paid",
            "query:status says 'failed'",
            id="failed",
        ),
        pytest.param(
            "callback",
            Answer(303, {"location": "/checkout/result?status=pending"}),
            "not_paid",
            "pending",
            id="pending",
        ),
        pytest.param("callback", Answer(200), "protocol", "no query:status", id="no result"),
        pytest.param(
            "land", Answer(200, {}, b"<p>"), "protocol", "'amount'", id="no amount on page"
        ),
        pytest.param(
            "land", Answer(302), "protocol", "without a Location", id="page redirects nowhere"
        ),
        pytest.param(
            "land",
            Answer(200, {}, PAGE.body + b'<meta name="bkash-prefetch" content="//evil.example/">'),
            "protocol",
            "evil.example",
            id="prefetch elsewhere",
        ),
    ],
)
def test_unreadable_answer_says_what_was_missing(
    request_name: str, answer: Answer, outcome: str, error: str
) -> None:
    """An answer that the target cannot read ends the journey with a sentence about it."""
    request, reading = walk(fixed(**{request_name: answer}))[-1]
    assert request.name == request_name
    assert reading.outcome == outcome
    assert error in reading.error


def test_page_may_redirect_before_it_lands() -> None:
    """Redirects are followed by GET; prefetch is relative to where the shopper landed."""
    pages = iter([Answer(308, {"location": "/en/checkout/"}), PREFETCHING])

    def answer(request: Request) -> Answer:
        return next(pages) if request.name == "land" else GOOD[request.name]

    steps = walk(answer)
    assert [r.url for r, _ in steps[1:3]] == [
        f"{SHOP}/en/checkout/",
        f"{SHOP}/api/bkash/refresh-token",
    ]
    assert steps[-1][0].name == "callback"


@pytest.mark.parametrize("request_name", ["land", "approve"])
def test_redirects_are_limited(request_name: str) -> None:
    """A circle ends after ten requests with an outcome of its own, and no shopper walks on."""
    steps = walk(fixed(**{request_name: Answer(302, {"location": "/again"})}))
    tries = [reading for r, reading in steps if r.name == request_name]
    assert len(tries) == MAX_STEPS
    assert steps[-1][1].outcome == "protocol"
    assert "still on the way after 10 requests" in steps[-1][1].error


def test_last_request_allowed_may_still_arrive() -> None:
    """Ten requests are not too many."""
    ways = iter([Answer(302, {"location": "/again"})] * (MAX_STEPS - 1) + [BACK])

    def answer(request: Request) -> Answer:
        return next(ways) if request.name == "approve" else GOOD[request.name]

    assert walk(answer)[-1][0].name == "callback"


def test_bkash_page_is_filled_in_form_by_form() -> None:
    """Wallet, code and PIN are posted, each to where its form says, until bKash sends back."""
    forms = iter(
        [
            Answer(200, {}, b'<form method=post action="/p?h=1"><input name=wallet></form>'),
            Answer(
                200,
                {},
                b"<form method=post><input name=otp><input type=hidden name=s value=7></form>",
            ),
            Answer(
                200, {}, b'<form method=get action="/pin"><input type=password name=pin></form>'
            ),
            BACK,
        ]
    )

    def answer(request: Request) -> Answer:
        return next(forms) if request.name == "approve" else GOOD[request.name]

    steps = walk(answer)
    approve = [r for r, _ in steps if r.name == "approve"]
    assert [(r.method, r.url, r.body) for r in approve] == [
        ("GET", f"{BKASH}/p?paymentID=TR1", None),
        ("POST", f"{BKASH}/p?h=1", b"wallet=01770618575"),
        ("POST", f"{BKASH}/p?h=1", b"otp=123456&s=7"),
        ("GET", f"{BKASH}/pin?pin=12121", None),
    ]
    assert approve[1].headers["content-type"] == "application/x-www-form-urlencoded"
    assert steps[-1][1].outcome == "ok"


def test_shop_that_redirects_at_once_needs_no_json() -> None:
    """make-payment may answer with a redirect to bKash, as plain forms do."""
    target = replace(
        load_target("merchant"),
        redirect_url=Pointer.parse("header:Location"),
        body_format=BodyFormat.FORM,
    )
    answer = Answer(303, {"location": f"{BKASH}/p?paymentID=TR1"})
    steps = walk(fixed(make_payment=answer), target=target)
    assert steps[-1][1].outcome == "ok"
    body = next(r.body for r, _ in steps if r.name == "make_payment")
    assert body is not None
    assert parse_qs(body.decode())["amount"] == ["750"]


def test_front_end_may_do_the_callback() -> None:
    """Where the shop's page executes, the target's own callback is sent instead of bKash's."""
    target = replace(
        load_target("merchant"),
        callback=Endpoint("POST", "/api/execute"),
        callback_body={"id": "{payment_id}"},
        result=None,
    )
    request, reading = walk(fixed(callback=Answer(200)), target=target)[-1]
    assert (request.method, request.url) == ("POST", f"{SHOP}/api/execute")
    assert request.body == b'{"id":"TR1"}'
    assert reading.outcome == "ok"


def test_get_request_carries_its_fields_in_the_query() -> None:
    """A shop that starts a payment by GET gets the fields there."""
    target = replace(load_target("merchant"), make_payment=load_target("merchant").land)
    request = next(r for r, _ in walk(fixed(), target=target) if r.name == "make_payment")
    assert request.body is None
    assert f"?user_id={SHOPPER.user_id}&user_id=" in request.url
    assert "amount=750" in request.url


def test_base_url_may_end_in_a_slash() -> None:
    """http://shop and http://shop/ are the same shop."""
    assert [r.url for r, _ in walk(fixed(), url=f"{SHOP}/")] == [r.url for r, _ in walk(fixed())]


def test_allowed_bkash_is_followed() -> None:
    """A host that was named may be sent requests."""
    answer = Answer(200, {}, b'{"data":{"bkashURL":"http://pay.test/p?paymentID=TR1"}}')
    steps = walk(fixed(make_payment=answer), boundary=Boundary(frozenset({"pay.test"})))
    assert steps[-1][1].outcome == "ok"


def test_nextjs_target_walks_the_guides_application() -> None:
    """The guide's application has no amount field and tells the outcome in its redirect."""
    steps = walk(
        fixed(land=Answer(200, {}, b"<p>"), callback=Answer(307, {"location": "/payment/success"})),
        target=load_target("guide-nextjs"),
    )
    assert [reading.outcome for _, reading in steps] == ["ok"] * 4
    steps = walk(
        fixed(land=Answer(200, {}, b"<p>"), callback=Answer(307, {"location": "/payment/cancel"})),
        target=load_target("guide-nextjs"),
    )
    assert steps[-1][1].outcome == "not_paid"
