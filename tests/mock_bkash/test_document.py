"""Reading what a person wrote."""

import pytest

from mock_bkash.document import Section, Source, read_toml


class WrittenError(ValueError):
    pass


TEXT = """\
name = "x"   # line 1

[operations."create_payment"]
value_s = -1
tail = { factor = 3 }

[[faults]]
fault = "reset"

[[faults]]
fault = "resett"
share = 2.0
list = [
  1,
]
[faults.match]
wallet = 3
"""


def section(**table: object) -> Section:
    return Section(table, source=Source("", "", WrittenError), at="here")


def test_a_complaint_names_file_field_and_line():
    """So that an editor can jump there."""
    with pytest.raises(WrittenError) as caught:
        read_toml(TEXT, name="a.toml", error=WrittenError).section("operations").section(
            "create_payment"
        ).within("value_s", low=0)
    assert str(caught.value) == (
        "a.toml: operations.create_payment.value_s: must be a finite number, 0 or more, got -1"
        " (at line 4)"
    )


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("name", 1),
        ("operations", 0),
        ("operations.create_payment", 3),
        ("operations.create_payment.missing", 3),
        ("operations.create_payment.tail.factor", 5),
        ("faults[0].fault", 8),
        ("faults[0].missing", 7),
        ("faults[1].share", 12),
        ("faults[1].list[3]", 13),
        ("faults[1].match.wallet", 17),
        ("elsewhere", 0),
    ],
)
def test_the_line_is_that_of_the_field_or_of_the_table_that_lacks_it(place: str, line: int):
    """None where the document has no such table."""
    message = str(Source("a.toml", TEXT, WrittenError).complaint(place, "is wrong"))
    assert message.endswith(f" (at line {line})") == (line > 0)


def test_bad_syntax_is_told_by_the_parsers_line():
    """And as the error that was asked for."""
    with pytest.raises(WrittenError, match=r"^a\.toml: .*at line 1, column"):
        read_toml("name = \n", name="a.toml", error=WrittenError)


def test_what_is_nested_beyond_reading_is_told():
    """The parser gives up; the file is at fault, not the program."""
    with pytest.raises(WrittenError, match=r"^a\.toml: is nested beyond reading$"):
        read_toml("x = " + "[" * 5000, name="a.toml", error=WrittenError)


def test_without_a_file_the_field_is_enough():
    """As in a request to the admin API."""
    with pytest.raises(WrittenError, match=r"^here\.share: must be a number, got 'x'$"):
        section(share="x").number("share")


@pytest.mark.parametrize("value", [True, "1", None, [1]])
def test_a_number_is_a_number(value: object):
    """A truth value is none, though Python thinks so."""
    with pytest.raises(WrittenError, match="must be a number"):
        section(n=value).number("n")
    assert section(n=3).number("n") == 3.0
    assert section().number("n", default=2) == 2.0


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_number_lies_within_its_bounds(value: float):
    """And is finite."""
    with pytest.raises(WrittenError, match=r"must be a finite number, from 0 to 1, got"):
        section(n=value).within("n", low=0, high=1)
    assert section(n=1).within("n", low=0, high=1) == 1.0
    with pytest.raises(WrittenError, match=r"must be a finite number, 0 or more"):
        section(n=float("inf")).within("n", low=0)


@pytest.mark.parametrize("value", [0, 11, 1.5, True, None])
def test_a_whole_number_is_whole(value: object):
    """And within its bounds."""
    with pytest.raises(WrittenError, match="must be a whole number from 1 to 10"):
        section(n=value).whole("n", low=1, high=10)
    assert section(n=10).whole("n", low=1, high=10) == 10


@pytest.mark.parametrize("value", ["", "  ", 3, None])
def test_a_text_is_not_blank(value: object):
    """Where one has to be there."""
    with pytest.raises(WrittenError, match="must be a text that is not empty"):
        section(t=value).text("t")
    assert section().text("t", default="x") == "x"


@pytest.mark.parametrize(
    ("value", "words"),
    [("rest", r"must be one of reset, close; did you mean 'reset'\?"), (3, "must be one of")],
)
def test_a_choice_is_one_of_the_known(value: object, words: str):
    """With a guess at what was meant."""
    with pytest.raises(WrittenError, match=words):
        section(c=value).choice("c", ("reset", "close"))


def test_choices_are_told_by_their_place_in_the_list():
    """The second of two."""
    with pytest.raises(WrittenError, match=r"here\.c\[1\]: must be one of a, b"):
        section(c=["a", "x"]).choices("c", ("a", "b"))
    for empty in ([], "a", None):
        with pytest.raises(WrittenError, match="must be a list that is not empty"):
            section(c=empty).choices("c", ("a",))
    assert section(c=["b", "a"]).choices("c", ("a", "b")) == ("b", "a")


def test_tables_inside_know_their_place():
    """A missing one is empty."""
    assert section(t={"x": 1}).section("t").at == "here.t"
    assert section().section("t").fields() == ()
    assert [s.at for s in section(t=[{}, {}]).sections("t")] == ["here.t[0]", "here.t[1]"]
    assert section().sections("t") == []
    with pytest.raises(WrittenError, match="must be a table, got 3"):
        section(t=3).section("t")
    with pytest.raises(WrittenError, match="must be a list of tables"):
        section(t={}).sections("t")
    with pytest.raises(WrittenError, match=r"here\.t\[0\]: must be a table, got 3"):
        section(t=[3]).sections("t")


def test_what_a_constructor_refuses_is_told_by_the_field_it_names():
    """Its message begins with it."""

    def build() -> None:
        raise ValueError("share: must be small")

    with pytest.raises(WrittenError, match=r"^here\.share: must be small$"):
        section().built(build)


def test_what_is_not_known_is_refused_with_a_guess():
    """Or with all there is."""
    with pytest.raises(WrittenError, match=r"here\.shar: is not known here, did you mean 'share'"):
        section(shar=1).refuse_unknown(("share",))
    with pytest.raises(WrittenError, match="is not known here, expected share"):
        section(colour=1).refuse_unknown(("share",))


def test_what_stands_there_is_shown_in_short():
    """A message is a line."""
    with pytest.raises(WrittenError) as caught:
        section(n="x" * 1000).number("n")
    assert len(str(caught.value)) < 150


def test_a_value_is_handed_out_as_it_is():
    """Whatever it is."""
    assert (section(v=[1]).value("v"), section().value("v")) == ([1], None)


@pytest.mark.parametrize(("written", "read"), [(2, 2), (2.0, 2), (1e3, 1000)])
def test_a_whole_number_may_be_written_with_a_point(written: float, read: int):
    """JSON has one kind of number, and some write all of them so."""
    section = Section({"n": written}, source=Source("", "", ValueError))
    value = section.whole("n", low=1, high=1000)
    assert (value, type(value)) == (read, int)


@pytest.mark.parametrize("written", [2.5, float("inf"), float("nan"), True, "2", None, 0.0, 1001.0])
def test_what_is_no_whole_number_is_refused(written: object):
    """Nor one out of its bounds."""
    section = Section({"n": written}, source=Source("", "", ValueError))
    with pytest.raises(ValueError, match="n: must be a whole number from 1 to 1000"):
        section.whole("n", low=1, high=1000)
