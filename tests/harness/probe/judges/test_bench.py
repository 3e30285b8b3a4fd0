"""All judges together."""

from harness.probe.judges import judge_all
from harness.rundata import Mistake


def test_every_mistake_has_its_judge(make):
    """In the order in which they are documented, whether the shop could be probed or not."""
    for evidence in (make.evidence(make.payment(1)), make.evidence(make.payment(1), app_key=None)):
        assert [v.check.mistake for v in judge_all(evidence)] == [m.value for m in Mistake]
