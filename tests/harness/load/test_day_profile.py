"""Laws of the file that tells a day hour by hour."""

from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.load.day_profile import MAX_FILE_BYTES, load_day_profile


def write(folder: Path, text: str, name: str = "monday.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("monday.csv", "hour,arrivals\n0,2\n9,40\n10,120.5\n"),
        ("monday.csv", "\ufeffHour, Arrivals\n\n# night\n0, 2\n10,120.5\n9,40\n"),
        ("monday.csv", "0,2\n9,40\n10,120.5"),
        ("monday.csv", "# Monday\n\nhour,arrivals\n0,2\n9,40\n10,120.5"),
        ("monday.toml", "[hours]\n0 = 2\n9 = 40\n10 = 120.5\n"),
    ],
)
def test_hours_are_read_from_csv_and_toml(tmp_path: Path, name: str, text: str):
    """With or without a header, in any order; an hour that is not named has nobody."""
    day = load_day_profile(write(tmp_path, text, name))
    assert day.name == "monday"
    assert len(day.rates_per_hour) == 24
    assert (day.rates_per_hour[0], day.rates_per_hour[9], day.rates_per_hour[10]) == (2, 40, 120.5)
    assert day.per_day == 162.5


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("d.csv", "hour,arrivals\n24,1\n", r"d\.csv, line 2: '24' is not an hour from 0 to 23"),
        ("d.csv", "0,1\n-1,1\n", "line 2: '-1' is not an hour"),
        ("d.csv", "0,1\n\n0,2\n", "line 3: hour 0 is named twice"),
        ("d.csv", "0,many\n", "line 1: 'many' is not a number of arrivals"),
        ("d.csv", "0,-2\n", "line 1: '-2' is not a number"),
        ("d.csv", "0,nan\n", "line 1: 'nan' is not a number"),
        ("d.csv", "0,inf\n", "line 1: 'inf' is not a number"),
        ("d.csv", "0,1,2\n", "line 1: '0,1,2' is not 'hour,arrivals'"),
        ("d.csv", "time,n\n0,1\n", "line 1: 'time,n' is not the header 'hour,arrivals'"),
        ("d.csv", "# day\nhour\n0\n", "line 2: 'hour' is not the header 'hour,arrivals'"),
        ("d.csv", "-1,2\n0,1\n", "line 1: '-1,2' is not the header"),
        ("d.csv", "0,1\nhour,arrivals\n", "line 2: 'hour' is not an hour from 0 to 23"),
        ("d.csv", "0,0\n", "nobody arrives in any hour"),
        ("d.csv", "", "nobody arrives in any hour"),
        ("d.toml", "[hours\n", r"d\.toml is broken TOML: .*line 1"),
        ("d.toml", "9 = 40\n", r"expected one table \[hours\]"),
        ("d.toml", "[hours]\n9 = 40\n30 = 1\n", "line 3: '30' is not an hour"),
        ("d.toml", "[hours]\n9 = true\n", "line 2: 'true' is not a number"),
        ("d.toml", "[hours]\n9 = [1]\n", "line 2: .* is not a number"),
    ],
)
def test_what_is_no_day_is_told_with_its_line(tmp_path: Path, name: str, text: str, words: str):
    """Whoever wrote the file knows where to mend it."""
    with pytest.raises(ConfigurationError, match=words):
        load_day_profile(write(tmp_path, text, name))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    """Missing, too large, or no text."""
    with pytest.raises(ConfigurationError, match="cannot read day profile"):
        load_day_profile(tmp_path / "none.csv")
    with pytest.raises(ConfigurationError, match="is larger than"):
        load_day_profile(write(tmp_path, "#" * (MAX_FILE_BYTES + 1)))
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="is not UTF-8 text"):
        load_day_profile(tmp_path / "binary.csv")
