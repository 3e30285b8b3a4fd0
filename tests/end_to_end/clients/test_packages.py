"""What the lock files of our Node packages promise."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCKS = [
    "examples/express-shop/package-lock.json",
    "tests/end_to_end/clients/package-lock.json",
]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_by_digest_and_names_no_registry(name: str):
    """Whatever registry a machine uses, it gets the same bytes or nothing."""
    packages = json.loads((ROOT / name).read_text())["packages"]
    installed = {path: package for path, package in packages.items() if path}
    assert installed
    for path, package in installed.items():
        assert package.get("integrity", "").startswith("sha512-"), path
        assert "resolved" not in package, path


def test_no_lock_is_left_out():
    """What is committed is what is looked at."""
    listed = subprocess.run(
        ["git", "ls-files", "*package-lock.json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(listed.stdout.split()) <= set(LOCKS)


def test_clients_are_those_that_merchants_install():
    """Exact versions, and nothing put in their place."""
    package = json.loads((Path(__file__).parent / "package.json").read_text())
    assert package["dependencies"] == {"bkash-payment": "3.0.5", "bkash-payment-api": "1.0.2"}
    assert "overrides" not in package
