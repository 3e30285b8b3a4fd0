"""A whole probe of a small shop: each mistake is found where it is planted, and nowhere else."""

import pytest

from harness.rundata import ProbePurpose

PLANTED = [
    "grant_per_request",
    "no_single_flight",
    "token_to_last_second",
    "token_not_replaced",
    "new_connection_per_call",
    "no_timeout",
    "blind_retry",
    "paid_unconfirmed",
    "needless_query",
    "serial_work",
    "callback_believed",
    "client_amount",
]


def test_nothing_is_found_in_a_shop_without_mistakes(probe_shop):
    """The clean shop is clear of everything, and everything was looked for."""
    probed = probe_shop()
    assert probed.record.findings == ()
    assert probed.unseen == set()
    assert probed.record.probed


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_found_alone(probe_shop, mistake):
    """Whoever makes one mistake is told of that one."""
    assert probe_shop(mistake).found == {mistake}


def test_checks_in_sequence_are_named_where_the_shop_says_its_stages(probe_shop):
    """With Server-Timing the finding names the stages and what running them at once saves."""
    probed = probe_shop("serial_work", "says_stages")
    assert probed.found == {"serial_work"}
    (finding,) = probed.record.findings
    assert "check_0, check_1, check_2 run one after the other" in finding.evidence[0]
    assert finding.cost_s == pytest.approx(0.5, abs=0.001)


def test_checks_at_once_are_clear_where_the_shop_says_its_stages(probe_shop):
    """The record that follows the checks must wait for them, and is no check in sequence."""
    assert probe_shop("says_stages").found == set()


def test_an_execute_whose_answer_is_ignored_is_a_callback_believed(probe_shop):
    """Who executes and does not look at the answer believes the callback all the same."""
    probed = probe_shop("answer_ignored")
    assert probed.found == {"callback_believed"}
    assert "although bKash had refused its execute" in probed.record.findings[0].evidence[0]


def test_a_life_of_the_shops_own_is_no_finding(probe_shop):
    """Who assumes 55 minutes whatever bKash says cannot be judged by a token of seconds."""
    probed = probe_shop("life_ignored")
    assert probed.found == set()
    assert probed.unseen == {"token_to_last_second"}
    assert "does not heed expires_in" in probed.reason("token_to_last_second")


def test_several_mistakes_are_all_found(probe_shop):
    """Mistakes do not hide each other, but where one is the other's ground."""
    probed = probe_shop("grant_per_request", "serial_work", "needless_query", "client_amount")
    assert probed.found == {"grant_per_request", "serial_work", "needless_query", "client_amount"}


def test_a_shop_that_is_down_is_told_so(probe_shop):
    """Nobody listens: one finding, and nothing else could be looked for."""
    probed = probe_shop(down=True)
    assert probed.found == {"unreachable"}
    assert not probed.record.probed


def test_a_shop_that_answers_garbage_is_told_so(probe_shop):
    """It never called the mock, and the finding quotes what it answered instead."""
    probed = probe_shop("garbage")
    assert probed.found == {"gateway_not_called"}
    assert "data.bkashURL" in probed.record.findings[0].evidence[0]
    assert not probed.record.probed


def test_a_target_that_misses_the_answer_is_shown_what_the_answer_has(probe_shop):
    """A redirect read as JSON: the finding suggests the pointer that would read it."""
    probed = probe_shop("redirects")
    assert probed.found == {"unreadable"}
    (told,) = probed.record.findings[0].evidence
    assert "HTTP 302 with Location: http://127.0.0.1:8700/" in told
    assert 'redirect_url = "header:Location" would read that' in told


def test_a_shop_that_calls_another_port_never_called_the_mock(probe_shop):
    """Where nothing listens there, and the shop drops its shopper: no answer was unreadable."""
    probed = probe_shop("wrong_port")
    assert probed.found == {"gateway_not_called"}
    (finding,) = probed.record.findings
    assert "No call reached the mock at http://127.0.0.1:8700" in finding.evidence[0]
    assert ".." not in finding.evidence[0]
    assert "http://127.0.0.1:8700/v1.2.0-beta" in finding.remedy
    assert "--mock-port" in finding.remedy


def test_a_shop_that_fails_before_it_calls_is_sent_to_its_log(probe_shop):
    """It never called the mock either, but perhaps for a reason of its own."""
    (finding,) = probe_shop("crashes").record.findings
    assert finding.mistake == "gateway_not_called"
    assert "answered 500: Internal Server Error" in finding.evidence[0]
    assert "its log says why" in finding.remedy


def test_a_refused_request_is_blamed_on_the_target_too(probe_shop):
    """The finding says what was asked, what came, and which line of the target asked so."""
    probed = probe_shop("form_refused")
    (finding,) = probed.record.findings
    asked = 'POST http://127.0.0.1:3000/api/bkash/make-payment answered 422: {"detail":[{"loc"'
    assert asked in finding.evidence[0]
    assert "; target field make_payment, line " in finding.evidence[0]
    assert finding.remedy.startswith("If the shop does not know this request, the target is wrong")


def test_a_shop_that_calls_another_gateway_is_told_so(probe_shop):
    """A shop that leads to the real bKash is not followed there."""
    probed = probe_shop("elsewhere")
    assert probed.found == {"gateway_not_called"}
    assert "pay.bka.sh" in probed.record.findings[0].evidence[0]
    assert not probed.record.probed


def test_gaps_are_exact_on_an_exact_clock(probe_shop):
    """Own time before create is what the shop spends on checks and record, to the microsecond."""
    figures = probe_shop().record.figures
    assert figures.before_create_s == pytest.approx(0.35, abs=1e-6)
    assert figures.create_s == pytest.approx(1.0, abs=1e-6)
    assert figures.after_create_s == pytest.approx(0.0, abs=1e-6)
    assert figures.payment_s == pytest.approx(0.35 + 1.0 + 0.1 + 1.0 + 0.1, abs=1e-6)


def test_a_grant_per_request_tells_the_hour_of_the_block(probe_shop):
    """The third token call, its payment and its moment are in the evidence."""
    probed = probe_shop("grant_per_request", payments=5)
    (finding,) = probed.record.findings
    assert finding.evidence[0] == "10 token calls in 5 payments: 10 grants."
    assert "at payment 2" in finding.evidence[1]
    assert finding.cost_s == pytest.approx(4.0, abs=1e-6)


def test_the_probe_of_a_clean_shop_fits_into_its_time(probe_shop):
    """Twenty payments or nearly, and all tests, stay under ninety seconds at profile guide."""
    probed = probe_shop(profile="guide", payments=None)
    routine = [p for p in probed.record.payments if p.purpose is ProbePurpose.ROUTINE]
    last = max(request.end_ns for p in probed.record.payments for request in p.requests)
    assert probed.found == set()
    assert len(routine) >= 18
    assert last / 1e9 < 88


def test_the_probe_of_a_shop_that_waits_for_ever_fits_into_its_time(probe_shop):
    """The longest probe is that of a shop without timeouts; it too stays under ninety seconds."""
    probed = probe_shop("no_timeout", profile="guide", payments=None)
    last = max(request.end_ns for p in probed.record.payments for request in p.requests)
    assert last / 1e9 < 88


def test_the_time_left_is_told_and_runs_out(probe_shop):
    """Whoever watches sees what is done, and ever less time left within a step."""
    steps = probe_shop().steps
    assert steps[0].doing == "payment 1 of 6"
    assert steps[-1].left_s < steps[0].left_s
    assert all(0 <= step.done <= 1 for step in steps)
