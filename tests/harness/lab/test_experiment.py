"""Laws of an experiment."""

from harness.lab.experiment import TARGET_KIND, is_running_already
from harness.rundata import VariantRecord


def test_only_targets_run_already():
    """Variants of ours are started, built in or the user's; targets are not."""
    kinds = ("builtin", "user", TARGET_KIND)
    records = [VariantRecord("v", (), kind, "", "k") for kind in kinds]
    assert [is_running_already(record) for record in records] == [False, False, True]
