"""Laws of showing a profile."""

import io

import rich.console

from harness.cli.profile.table import (
    gap_sentences,
    network_sentence,
    profile_document,
    profile_table,
)
from mock_bkash.latency import (
    Constant,
    Distribution,
    Lognormal,
    Network,
    Profile,
    Tail,
    load_profile,
)

MINE = Profile(
    "mine",
    {
        "create_payment": Distribution(Lognormal(1.0, 1.4), Tail(0.01, 5)),
        "token_grant": Distribution(Constant(2)),
    },
    Network(0.04, 0.1),
)


def test_the_table_shows_every_operation_with_its_figures():
    """Shape, median, p95, tail; a dash where there is none."""
    console = rich.console.Console(width=100, record=True, file=io.StringIO())
    console.print(profile_table(MINE))
    create, grant = console.export_text().splitlines()[1:3]
    assert create.split() == ["create_payment", "lognormal", "1", "1.4", "1.00%", "×", "5"]
    assert grant.split() == ["token_grant", "constant", "2", "2", "–"]


def test_gaps_are_named():
    """What no built-in variant lacks is no gap."""
    (sentence,) = gap_sentences(MINE)
    assert "execute_payment" in sentence
    assert gap_sentences(load_profile("guide")) == []
    assert gap_sentences(load_profile("fast")) == []


def test_the_document_has_the_file_and_the_quantiles():
    """For machines."""
    document = profile_document(MINE)
    assert document["operations"] == MINE.to_dict()["operations"]
    assert document["quantiles"]["create_payment"] == {"median_s": 1.0, "p95_s": 1.4}
    assert "execute_payment" in document["missing"]
    assert "0.04 s to bKash" in network_sentence(MINE)
