"""bKash's codes."""

from mock_bkash.wire import MESSAGES, SUCCESSFUL


def test_messages_are_bkashs_own_words():
    """Misspelt where bKash misspells."""
    assert MESSAGES["2065"] == "Mendatory field missing"
    assert MESSAGES["2056"] == "Invalid Payment State"
    assert MESSAGES["2062"] == "The payment has already been completed"
    assert MESSAGES["2117"] == "The payment execution has already been completed"
    assert MESSAGES[SUCCESSFUL] == "Successful"


def test_the_list_is_whole():
    """74 published codes and success, 15 more that clients agree on or that recordings show."""
    assert len(MESSAGES) == 75 + 15
