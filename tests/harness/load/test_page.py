"""Pages: what a browser acts on."""

import pytest
from hypothesis import given, strategies as st

from harness.load.page import (
    MAX_FIELDS,
    MAX_FORMS,
    Form,
    FormField,
    _Collector,
    _PageReader,
    _read_plainly,
    read_page,
)

CHECKOUT = """<!doctype html><html><head>
<META NAME="bkash-prefetch" CONTENT="/api/bkash/refresh-token?a=1&amp;b=2">
<meta charset="utf-8"><meta name="bkash-prefetch" content="/second">
</head><body>
<input name="outside" value="x">
<form METHOD="POST" action="/pay?x=1&amp;y=2">
  <input type="hidden" name="amount" value="750">
  <input NAME=phone><input value="nameless">
  <textarea name="note"></textarea><select name="bank"></select>
  <button name="go" value="next">Pay</button>
</form>
<form><input type="checkbox" name="amount" value="2"></form></body>"""


def test_page_is_read_as_a_browser_reads_it() -> None:
    """Case, quotes and entities do not matter; the first of two equal names counts."""
    page = read_page(CHECKOUT)
    assert page.metas == {"bkash-prefetch": "/api/bkash/refresh-token?a=1&b=2"}
    assert page.forms[0] == Form(
        action="/pay?x=1&y=2",
        method="POST",
        fields=[
            FormField("amount", "hidden", "750"),
            FormField("phone", "text", ""),
            FormField("note", "text", ""),
            FormField("bank", "text", ""),
            FormField("go", "submit", "next"),
        ],
    )
    assert page.forms[1].method == "GET"
    assert page.form_value("amount") == "750"
    assert page.form_value("outside") is None


@pytest.mark.parametrize(
    "html", ["", "<form", "<meta name=x", "</form></form>", "\x00<input name="]
)
def test_broken_page_is_read_as_far_as_it_goes(html: str) -> None:
    """Broken HTML is no exception: shops send it."""
    assert read_page(html).form_value("x") is None


@given(st.text(alphabet='<>"=/ abforminputmetanvl\n&;!-', max_size=200))
def test_no_text_breaks_the_reader(html: str) -> None:
    """Whatever is sent as a page, reading it ends, and what was read is text."""
    page = read_page(html)
    assert all(isinstance(content, str) for content in page.metas.values())
    assert all(isinstance(field.name, str) for form in page.forms for field in form.fields)


_TAGS = st.sampled_from(
    [
        *("<form>", "</form>", '<form method="post" action="/pay?a=1">', "<p hidden>", "</p >"),
        *('<input type="hidden" name="a" value="1">', '<input name="b" name="c" disabled>'),
        *(
            '<button class="pay"  type="submit">',
            "</button>",
            '<meta name="m" content="n">',
            "x > y",
        ),
        *(
            "\n",
            "<INPUT name=d>",
            "<input name='e'>",
            '<input name="f" value="&amp;">',
            "<br/>",
            "<",
        ),
        *("<title>", "</title>", "<script>", "</script>", "<!-- <input name='g'> -->", '"', "&lt;"),
    ]
)


@given(st.lists(_TAGS, max_size=12).map("".join))
def test_what_is_read_plainly_is_what_the_parser_reads(html: str) -> None:
    """The short way is taken only where it leads to the same page."""
    plainly, parsed = _Collector(), _Collector()
    if _read_plainly(html, plainly):
        reader = _PageReader(parsed)
        reader.feed(html)
        reader.close()
        assert plainly.page == parsed.page


def test_a_plainly_written_page_is_read_plainly() -> None:
    """The short way is the way of a page as templates write it."""
    collector = _Collector()
    html = '<form method="post" action="/pay"><input type="hidden" name="a" value="1"><p>Pay</p>'
    assert _read_plainly(html, collector)
    assert collector.page.forms == [Form("/pay", "POST", [FormField("a", "hidden", "1")])]


def test_page_is_kept_within_limits() -> None:
    """A page of a million forms costs no more memory than a checkout page."""
    page = read_page("<form>" * (MAX_FORMS + 5) + "<input name=a>" * (MAX_FIELDS + 5))
    assert len(page.forms) == MAX_FORMS
    page = read_page("<form>" + "<input name=a>" * (MAX_FIELDS + 5))
    assert len(page.forms[0].fields) == MAX_FIELDS
