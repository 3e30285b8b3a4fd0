"""What a shop under test presents."""

from mock_bkash.testing import Credentials


def test_nobody_gets_the_same_app_key_twice():
    """Not in this process, and not in another worker's."""
    keys = {Credentials.unique().app_key for _ in range(1000)}
    assert len(keys) == 1000
    assert all(len(key) <= 255 for key in keys)
