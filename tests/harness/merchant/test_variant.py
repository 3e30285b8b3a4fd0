"""Laws of variants: seven that grow, and the user's own, refused with line and name."""

from itertools import pairwise
from pathlib import Path

import pytest

from harness.errors import ConfigurationError
from harness.merchant import BUILTIN, Optimization, Variant, find_variant, load_variants
from harness.merchant.variant import MAX_VARIANTS

ADDED = {
    "sequential": [],
    "stored": ["token_store"],
    "cached": ["token_cache", "early_refresh"],
    "parallel": ["parallel_validation"],
    "prefetch": ["prefetch"],
    "optimized": ["timeouts", "background_refresh", "pooled_connections"],
    "overlapped": ["batched_queries", "late_attach", "overlapped_create"],
}


def write(path: Path, text: str) -> Path:
    file = path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_built_in_variants_tell_the_guides_story():
    """Each holds the flags of the one before and its own; the last holds all."""
    assert list(BUILTIN) == list(ADDED)
    so_far: list[str] = []
    for name, added in ADDED.items():
        so_far += added
        assert BUILTIN[name].flags == so_far
        assert BUILTIN[name].description
    assert BUILTIN["overlapped"].optimizations == frozenset(Optimization)
    for before, after in pairwise(BUILTIN.values()):
        assert before.optimizations < after.optimizations


def test_users_define_variants_as_lists_of_flags(tmp_path: Path):
    """In any order, beside tables of others, and empty if they like."""
    file = write(
        tmp_path,
        '[compare]\nrate = 4\n\n[variants]\nmine = ["prefetch", "token_cache"]\n"bare-1" = []\n',
    )
    variants = load_variants(file)
    assert list(variants) == ["mine", "bare-1"]
    assert variants["mine"].flags == ["token_cache", "prefetch"]
    assert variants["mine"].has(Optimization.PREFETCH)
    assert not variants["bare-1"].optimizations
    assert variants["mine"].description == "defined in mine.toml"


def test_a_variant_is_found_by_name_built_in_or_not(tmp_path: Path):
    """The file adds to the seven."""
    file = write(tmp_path, '[variants]\nmine = ["token_cache"]\n')
    assert find_variant("mine", variants_file=file).flags == ["token_cache"]
    assert find_variant("stored", variants_file=file) == BUILTIN["stored"]


def test_an_unknown_variant_is_told_what_there_is():
    """All seven names, and how to define another."""
    with pytest.raises(
        ConfigurationError, match=r"'fast'.*sequential.*overlapped.*--variants-file"
    ):
        find_variant("fast")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("[variants\n", r"mine\.toml: broken TOML: .*line 1", id="broken"),
        pytest.param("", r"expected one table \[variants\].*nothing", id="empty"),
        pytest.param("variants = 3", r"expected one table \[variants\]", id="no table"),
        pytest.param("[variants]", r"expected one table \[variants\]", id="empty table"),
        pytest.param("[flags]\nx = 1", r"found 'flags'", id="other table"),
        pytest.param(
            '[variants]\n\nx = "token_cache"', r":3: variant 'x': expected a list", id="s"
        ),
        pytest.param("[variants]\nx = [1]", r":2: variant 'x': expected a list", id="numbers"),
        pytest.param(
            '[variants]\na = []\nb = ["token_cahce"]',
            r":3: variant 'b': unknown flag 'token_cahce'; valid flags: token_store, .*create",
            id="unknown flag",
        ),
        pytest.param('[variants]\n"a b" = []', r":2: variant 'a b': a name is", id="name"),
        pytest.param("[variants]\ncached = []", r":2: .*built in", id="taken"),
        pytest.param(
            '["variants"]\n"x" = ["y"]', r":2: variant 'x': unknown flag 'y'", id="quoted keys"
        ),
        pytest.param(
            'variants = {x = ["y"]}', r":1: variant 'x': unknown flag 'y'", id="inline table"
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text: str, sentence: str, tmp_path: Path):
    """File, line and name, and what would be right."""
    with pytest.raises(ConfigurationError, match=sentence):
        load_variants(write(tmp_path, text))


def test_a_file_of_too_many_variants_is_refused(tmp_path: Path):
    """Each would be a process of a comparison."""
    lines = "".join(f"v{n} = []\n" for n in range(MAX_VARIANTS + 1))
    with pytest.raises(ConfigurationError, match="65 variants, at most 64"):
        load_variants(write(tmp_path, f"[variants]\n{lines}"))


def test_files_that_cannot_be_read_are_refused(tmp_path: Path):
    """Missing, a folder, or not text."""
    with pytest.raises(ConfigurationError, match=r"none\.toml: cannot read"):
        load_variants(tmp_path / "none.toml")
    with pytest.raises(ConfigurationError, match="cannot read"):
        load_variants(tmp_path)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_variants(tmp_path / "bytes.toml")


def test_who_keeps_a_token_says_in_which_stages_it_is_waited_for():
    """Every variant may have to ask for a token; only some look one up or renew it."""
    assert BUILTIN["sequential"].token_stages == ("token_lookup", "token_grant")
    assert BUILTIN["cached"].token_stages[-1] == "token_refresh"
    memory = Variant("memory", frozenset({Optimization.TOKEN_CACHE}))
    assert memory.token_stages == ("token_grant", "token_refresh")
    early = Variant("early", frozenset({Optimization.TOKEN_STORE, Optimization.EARLY_REFRESH}))
    assert early.token_stages == ("token_lookup", "token_grant", "token_refresh")
