"""Laws of what the record of every study says."""

from dataclasses import fields

import pytest

from harness.rundata import AttributionRecord, StudyRecord
from harness.rundata.token_day import TokenDayRecord
from harness.rundata.whatif import WhatIfRecord


@pytest.mark.parametrize("kind", [AttributionRecord, TokenDayRecord, WhatIfRecord])
def test_every_study_says_what_made_it(kind):
    """Versions, commit, machine, command: whoever reads the numbers years later needs them."""
    assert issubclass(kind, StudyRecord)
    assert {field.name for field in fields(StudyRecord)} < {field.name for field in fields(kind)}
