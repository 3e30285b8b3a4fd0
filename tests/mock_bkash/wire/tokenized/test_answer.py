"""Bodies of refusals and of token answers, against recordings."""

import json

from mock_bkash.wire.tokenized import (
    write_error,
    write_granted,
    write_refusal,
    write_refusal_of_2019,
    write_unrecognized,
)


def test_a_token_answers_as_recorded():
    """`expires_in` is a JSON number, the codes come last."""
    written = write_granted(expires_in_s=3600.0, id_token="i", refresh_token="r").decode()
    assert written == (
        '{"expires_in":3600,"token_type":"Bearer","id_token":"i","refresh_token":"r",'
        '"statusCode":"0000","statusMessage":"Successful"}'
    )


def test_a_shortened_life_may_have_decimals():
    """Tests shorten a token's life below a second."""
    written = json.loads(write_granted(expires_in_s=0.5, id_token="i", refresh_token="r"))
    assert written["expires_in"] == 0.5


def test_refusals_are_a_code_and_its_words():
    """As recorded; wrong credentials with the keys the other way round."""
    assert write_refusal("2002") == b'{"statusCode":"2002","statusMessage":"Invalid Payment ID"}'
    assert write_unrecognized("Username does not exist") == (
        b'{"statusMessage":"Username does not exist","statusCode":"9999"}'
    )


def test_a_life_may_be_a_text():
    """Clients have declared it as one."""
    written = write_granted(expires_in_s=3600, id_token="i", refresh_token="r", as_text=True)
    assert json.loads(written)["expires_in"] == "3600"


def test_the_documentation_calls_the_keys_otherwise():
    """errorCode, as in the old checkout."""
    assert write_error("2051") == (b'{"errorCode":"2051","errorMessage":"Invalid Agreement ID"}')


def test_the_sandbox_of_2019_wrote_one_message_otherwise():
    """The recording has a capital that the official list has not; all others are the list's."""
    assert b'"Process Failed"' in write_refusal_of_2019("2003")
    assert b'"Process failed"' in write_refusal("2003")
    assert write_refusal_of_2019("2002") == write_refusal("2002")
