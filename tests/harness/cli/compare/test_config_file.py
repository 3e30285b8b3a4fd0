"""Laws of the config file."""

import pytest

from harness.cli.compare.config_file import read_config
from harness.errors import ConfigurationError

KNOWN = {"rate": "rate", "token-lifetime": "token_lifetime"}


def read(tmp_path, text: str):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path, known=KNOWN)


def test_options_are_named_as_on_the_command_line(tmp_path):
    """Options keep their dashes; their values are left to the option itself."""
    options, has_variants = read(tmp_path, "[compare]\nrate = 2\ntoken-lifetime = 'soon'\n")
    assert options == {"rate": 2, "token_lifetime": "soon"}
    assert not has_variants


def test_variants_may_stand_beside(tmp_path):
    """A table of variants is noticed and read by who knows variants."""
    assert read(tmp_path, "[variants]\nmine = ['token_cache']\n") == ({}, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[compare]\nrate = \n", "line 2"),
        ("[compare]\nrat = 4\n", "'rat', which is not an option; there are rate"),
        ("rate = 4\n", "options stand under"),
        ("compare = 4\n", "compare is not a table"),
    ],
    ids=["broken TOML", "unknown option", "option at the top", "no table"],
)
def test_mistakes_are_named(tmp_path, text, message):
    """What is wrong is said with the file and the place."""
    with pytest.raises(ConfigurationError, match=message) as caught:
        read(tmp_path, text)
    assert "mine.toml" in str(caught.value)


def test_unreadable_files_are_named(tmp_path):
    """A missing file, a folder, a binary and an endless file are no configuration."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "long").write_bytes(b"#" * 1_000_001)
    for name in ("missing", ".", "binary", "long"):
        with pytest.raises(ConfigurationError):
            read_config(tmp_path / name, known=KNOWN)
