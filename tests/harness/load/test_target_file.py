"""Target files: ten lines of TOML, and what is said about wrong ones."""

import re
from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.load.pointer import Pointer
from harness.load.target import BodyFormat, Endpoint
from harness.load.target_file import MAX_TARGET_BYTES, load_target, target_names

MINIMAL = """name = "mine"
land = "GET /course/{course_id}"
make_payment = "POST /pay"
redirect_url = "header:Location"
"""


def write(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_two_targets_ship_in_at_most_ten_lines() -> None:
    """A target is short: ours and the guide's application are described in ten lines each."""
    assert target_names() == ("guide-nextjs", "merchant")
    folder = Path(__file__).parents[3] / "harness/load/targets"
    for name in target_names():
        assert load_target(name).name == name
        assert len((folder / f"{name}.toml").read_text().splitlines()) <= 10


def test_shipped_targets_send_the_guides_request() -> None:
    """Both take the fields that the guide's front end sends, the ids as numbers."""
    for name in target_names():
        target = load_target(name)
        assert target.make_payment == Endpoint("POST", "/api/bkash/make-payment")
        assert set(target.body) == {"user_id", "course_id", "amount", "email", "name", "phone"}
        assert target.redirect_url == Pointer.parse("data.bkashURL")
        assert target.prefetch_meta == "bkash-prefetch"


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    """Four lines are enough: the rest is as in the guide and in bKash's flow."""
    target = load_target(write(tmp_path, MINIMAL))
    assert target.body == {}
    assert target.body_format is BodyFormat.JSON
    assert target.prefetch_meta == "bkash-prefetch"
    assert (target.prefetch, target.callback, target.result) == (None, None, None)
    assert target.payment_id == Pointer.parse("data.paymentID")


def test_every_field_can_be_said(tmp_path: Path) -> None:
    """A shop whose front end does the callback, posts forms, and prefetches from a script."""
    target = load_target(
        write(
            tmp_path,
            MINIMAL
            + """body = { user = "{user_id}", cart = { course = "{course_id}" } }
body_format = "form"
prefetch = "POST /warm"
payment_id = "data.id"
callback = "POST /execute"
callback_body = { paymentID = "{payment_id}" }
result = "data.state"
paid = "^(done|paid)$"
""",
        )
    )
    assert target.body == {"user": "{user_id}", "cart": {"course": "{course_id}"}}
    assert target.body_format is BodyFormat.FORM
    assert target.prefetch == Endpoint("POST", "/warm")
    assert target.prefetch_meta is None
    assert target.callback == Endpoint("POST", "/execute")
    assert target.callback_body == {"paymentID": "{payment_id}"}
    assert target.paid.search("paid")


def test_no_prefetch_can_be_said(tmp_path: Path) -> None:
    """A page with the meta element can be measured as if it had none."""
    target = load_target(write(tmp_path, MINIMAL + 'prefetch = "none"\n'))
    assert (target.prefetch, target.prefetch_meta) == (None, None)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("\nname = ", r"mine\.toml is not TOML: .*line 2", id="no TOML at the end"),
        pytest.param("a = 1\nb\nc = 1", r"mine\.toml is not TOML: .*line 2", id="no TOML"),
        pytest.param('name = "x"\n', r"mine\.toml: field land is missing", id="missing"),
        pytest.param(
            MINIMAL + 'colour = "red"\n',
            r"mine\.toml, line 5, field colour: there is no such field; known are body,",
            id="unknown field",
        ),
        pytest.param(
            MINIMAL.replace("make_payment", "make_paymnt"),
            r"mine\.toml, line 3, field make_paymnt: there is no such field;"
            r" did you mean make_payment\?",
            id="a field misspelt that has to be there",
        ),
        pytest.param(
            MINIMAL + 'calback = "POST /x"\n',
            r"line 5, field calback: there is no such field; did you mean callback\?",
            id="a field misspelt that may be there",
        ),
        pytest.param(
            MINIMAL + "[colours]\nred = 1\n", r"line 5, field colours: there is no", id="table"
        ),
        pytest.param(
            MINIMAL.replace("POST /pay", "/pay"),
            r"line 3, field make_payment: '/pay' is not a method and a path",
            id="no method",
        ),
        pytest.param(
            MINIMAL.replace("POST /pay", "DELETE /pay"), r"field make_payment", id="method"
        ),
        pytest.param(
            MINIMAL.replace("{course_id}", "{course}"),
            r"line 2, field land: nothing fills \{course\}; known are arrival,",
            id="unknown place in a path",
        ),
        pytest.param(
            MINIMAL + 'body = { a = ["{nobody}"] }\n',
            r"line 5, field body: nothing fills \{nobody\}",
            id="unknown place in the body",
        ),
        pytest.param(
            MINIMAL.replace("header:Location", "cookie:x"),
            r"line 4, field redirect_url: 'cookie:x' points nowhere",
            id="pointer",
        ),
        pytest.param(MINIMAL + 'paid = "("\n', r"line 5, field paid", id="pattern"),
        pytest.param(MINIMAL + "paid = 1\n", r"line 5, field paid: 1 is neither", id="number"),
        pytest.param(
            MINIMAL + 'paid = { a = "b" }\n', r"field paid: it must be a text", id="table for text"
        ),
        pytest.param(MINIMAL + 'body = "x"\n', r"field body: 'x' is not a table", id="no table"),
        pytest.param(
            MINIMAL + 'body_format = "xml"\n', r"field body_format: 'xml' is not", id="format"
        ),
        pytest.param(MINIMAL.replace("mine", " "), r"line 1, field name: it is empty", id="name"),
        pytest.param(
            MINIMAL + 'prefetch = "meta:"\n', r"field prefetch: it is empty", id="nameless meta"
        ),
        pytest.param("x" * (MAX_TARGET_BYTES + 1), "larger than 64000 bytes", id="too large"),
    ],
)
def test_wrong_target_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    """The message names file, line and field, and what would be right."""
    with pytest.raises(ConfigurationError, match=complaint):
        load_target(write(tmp_path, text))


def test_message_of_a_wrong_target_is_one_line(tmp_path: Path) -> None:
    """A front door prints it as it is."""
    with pytest.raises(ConfigurationError) as caught:
        load_target(write(tmp_path, "name = \n"))
    assert "\n" not in str(caught.value)


def test_unknown_name_shows_the_known_ones() -> None:
    """A misspelt target shows what there is."""
    with pytest.raises(ConfigurationError, match=r"'mercant'; known are guide-nextjs, merchant"):
        load_target("mercant")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_file_without_fields_is_called_empty(tmp_path: Path, text: str) -> None:
    """Not by the first of the fields that are missing."""
    path = tmp_path / "empty.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"empty\.toml is empty; copy "):
        load_target(str(path))


def test_missing_file_is_said(tmp_path: Path) -> None:
    """A path that does not exist is not taken for a name."""
    with pytest.raises(ConfigurationError, match="No such file"):
        load_target(str(tmp_path / "none.toml"))


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Binary files are named as what they are."""
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_target(str(path))


def test_places_of_shipped_targets_are_documented() -> None:
    """Every place that a target may use stands in docs/targets.md."""
    text = (Path(__file__).parents[3] / "docs/targets.md").read_text()
    for name in ("user_id", "course_id", "payment_id", "page.", "trace_id", "arrival"):
        assert re.search(rf"\{{{re.escape(name)}", text), name


def test_a_target_may_say_where_it_listens(tmp_path: Path) -> None:
    """An origin and nothing more: paths stay with the endpoints. Left out, there is none."""
    assert load_target(write(tmp_path, MINIMAL)).url is None
    said = load_target(write(tmp_path, MINIMAL + 'url = "http://127.0.0.1:3000"\n'))
    assert said.url == "http://127.0.0.1:3000"
    for wrong in ("127.0.0.1:3000", "http://127.0.0.1:3000/shop", "http://u@h"):
        with pytest.raises(ConfigurationError, match="line 5, field url"):
            load_target(write(tmp_path, MINIMAL + f'url = "{wrong}"\n'))


def test_a_target_knows_the_lines_of_its_fields(tmp_path: Path) -> None:
    """So that a request which the shop refused can be traced to what asked for it."""
    assert load_target(write(tmp_path, MINIMAL)).lines == {
        "name": 1,
        "land": 2,
        "make_payment": 3,
        "redirect_url": 4,
    }
