"""What the shop believes of a browser."""

import re
from dataclasses import replace

from harness.load import load_target
from harness.probe.trust import name_amount


def test_every_amount_of_a_body_is_set_to_one_taka():
    """Texts stay texts and numbers numbers, at any depth; ids stay what they are."""
    target = replace(
        load_target("merchant"),
        body={"user_id": 7, "amount": "{page.amount}", "cart": {"totalPrice": 500}},
    )
    assert name_amount(target).body == {
        "user_id": 7,
        "amount": "1",
        "cart": {"totalPrice": 1},
    }


def test_a_body_without_an_amount_gets_one():
    """A shop may take what its page never sends."""
    target = replace(load_target("merchant"), body={"user_id": 7})
    assert name_amount(target).body == {"user_id": 7, "amount": 1}


def test_a_believed_callback_is_told_with_what_was_asked(probe_shop):
    """The evidence says that bKash was never asked."""
    probed = probe_shop("callback_believed")
    assert probed.evidence.forgery.called_paid
    assert probed.evidence.forgery.asked == ()
    assert "without asking bKash at all" in probed.record.findings[0].evidence[0]


def test_without_a_result_nobody_can_tell_what_was_believed(probe_shop):
    """A target that says nothing of the outcome leaves the callback unjudged."""
    target = replace(load_target("merchant"), result=None, paid=re.compile(""))
    probed = probe_shop("callback_believed", target=target)
    assert "callback_believed" in probed.unseen


def test_the_amount_that_bkash_was_asked_for_is_read_from_bkash(probe_shop):
    """Not from the shop's answer."""
    assert probe_shop().evidence.alteration.created_poisha == 49_900
    assert probe_shop("client_amount").evidence.alteration.created_poisha == 100
