"""Ids nobody can guess."""

import re

from mock_bkash.identifier import Identifiers

SECRET = b"0123456789abcdef"


def test_ids_have_the_documented_forms():
    """As recorded: TR00117KXrjm81764958464342 and 6I3801RD1Q."""
    ids = Identifiers(SECRET)
    payment_id = ids.payment_id(mode="0011", epoch_ms=1764958464342)
    assert re.fullmatch(r"TR0011[A-Za-z0-9]{7}1764958464342", payment_id)
    assert re.fullmatch(r"[A-Z0-9]{10}", ids.trx_id())
    assert re.fullmatch(r"[A-Za-z0-9_-]{100}", ids.page_hash(payment_id))


def test_no_id_comes_twice():
    """Ten thousand payments of one millisecond are ten thousand payments."""
    ids = Identifiers(SECRET)
    made = {ids.payment_id(mode="0011", epoch_ms=1) for _ in range(10_000)}
    made |= {ids.trx_id() for _ in range(10_000)}
    assert len(made) == 20_000


def test_ids_depend_on_the_secret_and_nothing_else():
    """The same secret gives the same ids, which is for simulation; another gives others."""
    first, again, other = Identifiers(SECRET), Identifiers(SECRET), Identifiers(b"x" * 16)
    assert first.trx_id() == again.trx_id()
    assert first.trx_id() != other.trx_id()
    assert first.page_hash("TR1") == again.page_hash("TR1") != other.page_hash("TR1")


def test_the_page_hash_belongs_to_its_payment():
    """It does not open another payment's page."""
    ids = Identifiers(SECRET)
    assert ids.page_hash("TR1") != ids.page_hash("TR2")


def test_another_life_with_the_same_secret_makes_other_ids():
    """After a restart no id comes twice, and the addresses of pages stay what they were."""
    first, second = Identifiers(b"0123456789abcdef"), Identifiers(b"0123456789abcdef", life=1)
    assert first.page_hash("TR1") == second.page_hash("TR1")
    assert {first.trx_id() for _ in range(100)}.isdisjoint(second.trx_id() for _ in range(100))
