"""Laws of limit files."""

import pytest

from harness.errors import ConfigurationError
from harness.gate.limit_file import LIMIT_BYTES, read_limits


def written(folder, text):
    path = folder / "limits.toml"
    path.write_text(text)
    return path


def test_list_and_tables_are_read(tmp_path):
    """Both spellings may stand in one file; each limit knows its line."""
    path = written(
        tmp_path,
        'limits = ["guide",\n  "p95 create_payment +2%"]\n\n[[limit]]\n'
        'rule = "p95 payment_time < 3.2s"\nvariants = ["optimized", "mine"]\nwhy = "promised"\n',
    )
    limits = read_limits(path, clock="virtual")
    assert [limit.place for limit in limits] == [
        f"{path} line 1 'guide'",
        f"{path} line 2 'p95 create_payment +2%'",
        f"{path} line 5 'optimized, mine: p95 payment_time < 3.2s'",
    ]
    assert [limit.why for limit in limits] == ["", "", "promised"]


def test_rule_that_toml_spells_otherwise_is_still_placed(tmp_path):
    """An escape keeps a rule from being found in the text; the file is named at least."""
    path = written(tmp_path, 'limits = ["errors \\u003c= 0"]')
    (limit,) = read_limits(path, clock="real")
    assert limit.place == f"{path} 'errors <= 0'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no limit; write limits = "),
        ("limits = []", "holds no limit"),
        ("limits = [\n", "is broken TOML: "),
        ("limit = 3", "limit is not a table; write [[limit]]"),
        ("limit = [3]", "limit is not a table; write [[limit]]"),
        ("limits = 'guide'", "limits is not a list of texts"),
        ("limits = [3]", "limits is not a list of texts"),
        ("rules = []", "'rules' is not known; limits stand in the list limits or in [[limit]]"),
        ("[[limit]]\nwhy = 'x'", "a [[limit]] needs a text rule"),
        ("[[limit]]\nrule = ''", "write STATISTIC TIME"),
        ("[[limit]]\nrule = 'guide'\nwhy = 3", "line 2: a [[limit]] needs a text rule"),
        ("[[limit]]\nrule = 'guide'\nvariant = 'x'", "'variant' is not known in [[limit]]"),
        ("[[limit]]\nrule = 'guide'\nvariants = 'x'", "variants is not a list of names"),
        ("[[limit]]\nrule = 'guide'\nvariants = []", "variants is not a list of names"),
        ("[[limit]]\nrule = 'guide'\nvariants = [1]", "variants is not a list of names"),
        ("[[limit]]\nrule = 'a: guide'\nvariants = ['b']", "variants are named twice"),
        (
            "# so\nlimits = ['guide',\n'p95 payment_time > 3s']",
            "line 3 'p95 payment_time > 3s': '>'",
        ),
    ],
)
def test_unusable_file_is_refused_with_its_place(tmp_path, text, said):
    """File and, where it can be known, line are named, and what would be valid."""
    path = written(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        read_limits(path, clock="virtual")
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_unreadable_file_is_refused(tmp_path):
    """Missing, not text, or too large to be meant."""
    with pytest.raises(ConfigurationError, match=r"cannot read limits file .*No such file"):
        read_limits(tmp_path / "none.toml", clock="real")
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="is not UTF-8 text"):
        read_limits(odd, clock="real")
    odd.write_bytes(b"#" * (LIMIT_BYTES + 1))
    with pytest.raises(ConfigurationError, match="is larger than 1000000 bytes"):
        read_limits(odd, clock="real")
    odd.write_text(f"limits = {'[' * 50_000}{']' * 50_000}")
    with pytest.raises(ConfigurationError, match="is nested too deeply to be meant"):
        read_limits(odd, clock="real")
