"""Laws of what all studies are."""

import pytest

from harness.cli.attribute.settings import make_attribution
from harness.cli.token_day.settings import make_token_day
from harness.cli.whatif.settings import make_whatif
from harness.rundata import StudyRecord
from harness.study import Study, Workload

HOUR_S = 3600.0
CHANCE = {"profile": "constant", "seed": 3}
SHOP = {**CHANCE, "variants": ("stored",), "variants_file": None, "token_lifetime": HOUR_S}

STUDIES = {
    "attribute": lambda: make_attribution(
        {
            **CHANCE,
            "optimizations": ("prefetch",),
            "base": None,
            "traffic": ("normal",),
            "payments": 20,
        }
    ),
    "token-day": lambda: make_token_day(
        {
            **SHOP,
            "crons": ("0 * * * *",),
            "rates": (4 / HOUR_S,),
            "instances": 1,
            "instance_lifetime": None,
            "duration": 3 * HOUR_S,
        }
    ),
    "whatif": lambda: make_whatif(
        {
            **SHOP,
            "stages": ("create_payment", "token_refresh"),
            "settings": (),
            "range": None,
            "points": 2,
            "payments": 20,
            "rate": 1 / 60,
        }
    ),
}


@pytest.fixture(params=STUDIES)
def study(request) -> Study[StudyRecord]:
    return STUDIES[request.param]()


def test_work_is_said_before_and_is_never_more(study, make_fieldwork, watcher):
    """What was announced is the most there is, and the bar reaches its end."""
    fieldwork = make_fieldwork(observer=watcher)
    record = study.carry_out(fieldwork)
    assert isinstance(study.work, Workload)
    assert 1 <= fieldwork.simulations <= study.work.simulations
    assert watcher.steps[-1].done == pytest.approx(0.97)
    assert record.audit_ok


def test_a_record_says_what_made_it(study, make_fieldwork):
    """Seed, command and versions, whatever was studied."""
    record = study.carry_out(make_fieldwork())
    assert isinstance(record, StudyRecord)
    assert (record.schema_version, record.seed, record.jobs) == (1, 3, 1)
    assert record.command == ("bkash-bench",)
