"""Laws of the flags: eleven, each described and with its origin."""

import pytest

from harness.merchant import Optimization


def test_there_are_the_eleven_flags_of_the_design():
    """In the order of the guide; our own come last."""
    assert [flag.value for flag in Optimization] == [
        "token_store",
        "token_cache",
        "early_refresh",
        "parallel_validation",
        "prefetch",
        "timeouts",
        "background_refresh",
        "pooled_connections",
        "batched_queries",
        "late_attach",
        "overlapped_create",
    ]


@pytest.mark.parametrize("flag", Optimization)
def test_every_flag_says_what_it_does_and_where_it_comes_from(flag: Optimization):
    """One line that fits a table, and its origin."""
    assert 20 <= len(flag.description) <= 56
    assert flag.origin == "ours" or flag.origin.startswith(("guide", "common"))
