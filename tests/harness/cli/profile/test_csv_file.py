"""Laws of reading timings from CSV."""

import pytest

from harness.cli.profile.csv_file import read_csv_timings
from harness.errors import ConfigurationError


@pytest.fixture
def read(tmp_path):
    def read(text, encoding="utf-8"):
        path = tmp_path / "t.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_csv_timings(path)

    return read


@pytest.mark.parametrize(
    "text",
    [
        "operation,seconds\ncreate_payment,1.5\ntoken_grant,2\n",
        "Operation , Seconds\n create_payment , 1.5\ntoken_grant,2",
        "create_payment,1.5\ntoken_grant,2\n",
        "operation;seconds\ncreate_payment;1.5\ntoken_grant;2\n",
        "operation\tseconds\ncreate_payment\t1.5\ntoken_grant\t2\n",
        "when,milliseconds,user,operation\nx,1500,7,create_payment\nx,2000,7,token_grant\n",
        "# a remark\n\noperation,seconds\n\ncreate_payment,1.5\n# another\ntoken_grant,2\n",
        "\ufeffoperation,seconds\r\ncreate_payment,1.5\r\ntoken_grant,2\r\n",
        '"operation","seconds"\n"create_payment","1.5"\n"token_grant","2"\n',
    ],
    ids=["plain", "spaces", "no header", "semicolon", "tab", "columns", "remarks", "bom", "quotes"],
)
def test_a_csv_is_read_however_it_was_written(read, text):
    """Columns by name, in any order, with any of the usual separators."""
    assert read(text).seconds == {"create_payment": (1.5,), "token_grant": (2.0,)}


def test_what_is_no_operation_is_passed_over_and_told(read):
    """A log of a whole shop has other lines."""
    timings = read("operation,seconds\ncreate_payment,1\nsend_email,3\nsend_email,4\n")
    assert timings.seconds == {"create_payment": (1.0,)}
    assert timings.unused == ("2 lines name something that is no operation: 'send_email'",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no timings"),
        ("operation,seconds\n", "holds no timings"),
        ("operation,seconds\nfoo,1\n", "nothing in it can be used"),
        ("op,time\ncreate_payment,1\n", r"t.csv:1: the columns are 'op', 'time'"),
        ("operation,seconds\ncreate_payment\n", r"t.csv:2: 1 columns, expected 2"),
        ("operation,seconds\ncreate_payment,1\ncreate_payment,-1\n", r"t.csv:3: -1 s"),
        ("operation,seconds\ncreate_payment,NaN\n", r"t.csv:2: nan s"),
        ("operation,seconds\ncreate_payment,soon\n", r"t.csv:2: 'soon'"),
        ("operation,seconds\ncreate_payment,1042\n", r"t.csv:2: .*milliseconds"),
        ("operation,seconds\ncreat_payment,1\n", r"t.csv:2: .*did you mean 'create_payment'"),
        (b"operation,seconds\n\xff\xfe,1\n", "not UTF-8"),
        ('operation,seconds\n"create_payment,1\n' + "x" * 200_000, "is not CSV"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_with_its_line(read, text, words):
    """One sentence, and where to look."""
    with pytest.raises(ConfigurationError, match=words):
        read(text)


def test_a_missing_file_is_said(tmp_path):
    """With the system's reason."""
    with pytest.raises(ConfigurationError, match="No such file"):
        read_csv_timings(tmp_path / "no.csv")


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    """A limit with a name."""
    monkeypatch.setattr("harness.cli.profile.csv_file.MAX_FILE_BYTES", 10)
    path = tmp_path / "t.csv"
    path.write_text("operation,seconds\n")
    with pytest.raises(ConfigurationError, match="larger than"):
        read_csv_timings(path)
