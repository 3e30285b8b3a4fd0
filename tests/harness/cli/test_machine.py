"""Laws of describing the machine."""

import subprocess

from harness import __version__
from harness.cli.machine import PACKAGES, describe_machine, find_git_commit, find_versions


def test_versions_name_everything_a_number_depends_on():
    """Python, ourselves and every package are there, installed or said not to be."""
    versions = find_versions()
    assert versions["bkash-bench"] == __version__
    assert set(PACKAGES) < set(versions)


def test_machine_has_cores_and_memory():
    """Cores and memory are positive, processor and system have names."""
    machine = describe_machine()
    assert machine["cores"] >= 1
    assert machine["memory_bytes"] > 0
    assert machine["cpu"]
    assert machine["system"]


def git(folder, *arguments):
    who = ("-c", "user.name=a", "-c", "user.email=a@shop.invalid")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def test_commit_is_told_only_of_a_checkout_of_ours(tmp_path):
    """Outside a checkout, and in a folder that a checkout does not track, there is no commit."""
    assert find_git_commit(tmp_path) is None
    git(tmp_path, "init", "-q")
    (tmp_path / "__init__.py").touch()
    assert find_git_commit(tmp_path) is None
    git(tmp_path, "add", "__init__.py")
    git(tmp_path, "commit", "-q", "-m", "first")
    commit = find_git_commit(tmp_path)
    assert commit is not None
    assert len(commit) == 40
    (tmp_path / "__init__.py").write_text("changed")
    assert find_git_commit(tmp_path) == f"{commit}+"
