"""The admin token."""

import pytest

from mock_bkash.admin_token import ADMIN_TOKEN_HEADER, AdminToken


@pytest.mark.parametrize(
    ("token", "presented", "opens"),
    [
        (None, None, True),
        (None, b"anything", True),
        ("s3cret", b"s3cret", True),
        ("s3cret", b"s3cre", False),
        ("s3cret", b"", False),
        ("s3cret", None, False),
        ("geheim-ü", "geheim-ü".encode(), True),
    ],
)
def test_the_right_token_opens_and_without_one_everybody_may(token, presented, opens: bool):
    """A missing header is a wrong one."""
    headers = {} if presented is None else {ADMIN_TOKEN_HEADER.encode(): presented}
    assert AdminToken(token).opens(headers) is opens


def test_it_does_not_show_itself():
    """Nor what it is made of."""
    assert "s3cret" not in repr(AdminToken("s3cret"))
