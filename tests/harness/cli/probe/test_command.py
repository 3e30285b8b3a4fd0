"""The options of `bkash-bench probe`."""

import pytest
from click.testing import CliRunner

from harness.cli.commands import main
from harness.cli.probe import probing
from harness.cli.probe.command import probe_command
from harness.rundata import Mistake


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["probe", *arguments])
    assert done.exit_code == 2, done.output
    return done.stderr


def test_a_target_is_needed():
    """Nothing is probed by accident."""
    assert "--target" in refused()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--target", "no-such"), "unknown target"),
        (("--target", "http://shop.example"), "not this machine"),
        (("--target", "merchant", "--url", "ftp://127.0.0.1"), "not a URL"),
        (("--target", "merchant", "--profile", "no-such"), "no-such"),
        (("--target", "merchant", "--fail-on", "no_such"), "no_such"),
        (("--target", "merchant", "--mock-port", "0"), "--mock-port"),
    ],
    ids=["target", "remote", "url", "profile", "finding", "port"],
)
def test_what_cannot_be_used_is_told_before_anything_is_started(arguments, words):
    """Status 2, one line, and no folder."""
    assert words in refused(*arguments)


def test_every_finding_can_end_a_build():
    """--fail-on takes each name, and any."""
    (option,) = [o for o in probe_command.params if o.name == "fail_on"]
    assert set(option.type.choices) == {"any", *(mistake.value for mistake in Mistake)}


def test_the_options_reach_the_probe(monkeypatch):
    """As they were typed, with the target's own address where none was."""
    seen = {}

    def probe(settings, **how):
        seen.update(settings=settings, **how)
        return 0

    monkeypatch.setattr(probing, "probe", probe)
    arguments = ["--target", "guide-nextjs", "--payments", "5", "--seed", "3", "--fail-on", "any"]
    assert CliRunner().invoke(main, ["probe", *arguments, "--quiet"]).exit_code == 0
    plan = seen["settings"].plan
    assert (plan.url, plan.payments, plan.seed) == ("http://127.0.0.1:3000", 5, 3)
    assert seen["settings"].fail_on == ("any",)
    assert seen["quiet"] is True
