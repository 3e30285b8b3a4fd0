"""The vocabulary of fault plans."""

import re
from pathlib import Path

from mock_bkash.fault import CALLBACK, FAULTABLE, Kind, Moment
from mock_bkash.fault.fault import Fault
from mock_bkash.fault.kind import SPECS

DOCUMENTED = (Path(__file__).parents[3] / "docs" / "faults.md").read_text()


def test_every_kind_says_how_it_may_be_used():
    """With parameters that a fault has, and operations that there are."""
    assert set(SPECS) == set(Kind)
    for spec in SPECS.values():
        assert spec.moments
        assert {*spec.needs, *spec.takes} <= set(Fault.__struct_fields__)
        assert set(spec.operations) <= set(FAULTABLE)


def test_every_kind_is_documented_with_its_moments_and_parameters():
    """The table of docs/faults.md is the one in the code."""
    for kind, spec in SPECS.items():
        row = re.search(rf"^\| `{kind}` \|[^|]*\|([^|]*)\|([^|]*)\|$", DOCUMENTED, re.MULTILINE)
        assert row is not None, kind
        assert row[1].strip() == ("both" if len(spec.moments) == 2 else spec.moments[0])
        for parameter in (*spec.needs, *spec.takes):
            assert f"`{parameter}`" in row[2]


def test_before_comes_first_where_both_moments_make_sense():
    """So a fault that says nothing about it moves no money."""
    assert all(s.moments[0] is Moment.BEFORE for s in SPECS.values() if len(s.moments) == 2)


def test_the_callback_is_no_call():
    """It has a name that no call of bKash's has."""
    assert FAULTABLE.count(CALLBACK) == 1
