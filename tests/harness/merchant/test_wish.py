"""Laws of a wish: ids, and nothing that could be believed by mistake."""

from dataclasses import fields

from harness.merchant.wish import Begun, Wish


def test_a_wish_holds_ids_only():
    """An amount that came from outside has no place to be stored."""
    assert [field.name for field in fields(Wish)] == ["user_id", "course_id"]


def test_what_has_begun_says_where_to_go():
    """And what it will cost."""
    begun = Begun("ref", payment_id="TR", bkash_url="http://x", amount_poisha=100)
    assert (begun.bkash_url, begun.amount_poisha) == ("http://x", 100)
