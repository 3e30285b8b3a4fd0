"""Names on the wire."""

from mock_bkash.wire.tokenized.name import NAMES


def test_no_two_fields_share_a_name():
    """Each wire name has one meaning here."""
    assert len(set(NAMES.values())) == len(NAMES)
