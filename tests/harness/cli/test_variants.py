"""Laws of `bkash-bench variants`: a table for people, JSON for programs, one line for mistakes."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from harness.cli import main
from harness.merchant import BUILTIN, Optimization


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["variants", *arguments])


def write(path: Path, text: str) -> str:
    file = path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_the_table_shows_every_flag_of_every_variant():
    """A row per flag with its idea, a column per variant, and what the numbers mean."""
    result = run()
    assert result.exit_code == 0
    lines = result.output.splitlines()
    for flag in Optimization:
        (row,) = (line for line in lines if line.strip().startswith(flag.value))
        on = [flag in variant.optimizations for variant in BUILTIN.values()]
        assert row.count("●") == sum(on)
        assert flag.description in row
        assert flag.origin in row
    for number, name in enumerate(BUILTIN, start=1):
        assert any(line.strip().startswith(f"{number}  {name}") for line in lines)


def test_variants_of_the_users_own_are_shown_too(tmp_path: Path):
    """After the seven."""
    file = write(tmp_path, '[variants]\nmine = ["token_cache"]\n')
    result = run("--variants-file", file)
    assert "8  mine" in result.output
    assert "defined in mine.toml" in result.output


def test_json_is_for_programs(tmp_path: Path):
    """Flags with their origin, variants with their flags."""
    file = write(tmp_path, '[variants]\nmine = ["prefetch", "token_cache"]\n')
    document = json.loads(run("--variants-file", file, "--json").output)
    assert [flag["name"] for flag in document["flags"]] == [flag.value for flag in Optimization]
    assert set(document["flags"][0]) == {"name", "from", "does"}
    assert [variant["name"] for variant in document["variants"]] == [*BUILTIN, "mine"]
    assert document["variants"][-1] == {
        "name": "mine",
        "flags": ["token_cache", "prefetch"],
        "description": "defined in mine.toml",
        "builtin": False,
    }
    assert document["variants"][0]["builtin"] is True


def test_a_narrow_table_leaves_out_where_flags_come_from():
    """What they do matters more."""
    import rich.console

    from harness.cli.variants import _table

    console = rich.console.Console(width=80, record=True, quiet=False)
    with console.capture() as capture:
        console.print(_table([*BUILTIN.values()], wide=False))
    assert "next steps" not in capture.get()
    assert "token_cache" in capture.get()


def test_a_wrong_file_is_one_line_and_exit_2(tmp_path: Path):
    """With its line, the name, and the flags that there are."""
    result = run("--variants-file", write(tmp_path, '[variants]\nmine = ["tokencache"]\n'))
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "mine.toml:2: variant 'mine': unknown flag 'tokencache'; valid flags: " in line


def test_help_has_examples():
    """And the shape of a file."""
    output = run("--help").output
    assert "bkash-bench variants --json" in output
    assert "[variants]" in output
