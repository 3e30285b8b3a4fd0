"""The command `mock-bkash`."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from mock_bkash import ApproveMode, cli
from mock_bkash.fault import Subject, plan_names
from mock_bkash.latency import profile_names


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What would be served, without serving it."""
    seen: dict[str, Any] = {}

    def open_world(world):
        seen.update(world=world, config=world.config)
        return "app"

    def serve(app, listener, *, ready, lifeline):
        seen.update(app=app, lifeline=lifeline)
        ready()
        listener.close()
        seen.get("meanwhile", lambda world: None)(seen["world"])

    monkeypatch.setattr(cli, "open_world", open_world)
    monkeypatch.setattr(cli, "serve", serve)
    return seen


def run(*arguments: str, **environment: str):
    return CliRunner().invoke(cli.main, ["serve", "--port", "0", *arguments], env=environment)


@pytest.mark.real_time
def test_the_version_is_told():
    """--version names the program, as that of `bkash-bench` does."""
    result = CliRunner().invoke(cli.main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout == f"mock-bkash, version {version('bkash-bench')}\n"


def test_the_defaults_are_those_of_the_documentation(served):
    """Profile guide, full scale, the shopper approves, tokens of an hour."""
    done = run()
    assert done.exit_code == 0
    assert done.output.startswith("mock bKash listening on http://127.0.0.1:")
    assert done.output.count("\n") == 1
    config = served["config"]
    assert (config.profile.name, config.time_scale, config.seed) == ("guide", 1.0, 0)
    assert (config.approve, config.token_lifetime_s) == (ApproveMode.PAGE, 3600.0)
    assert config.admin_token is None


@pytest.mark.real_time
def test_every_option_reaches_the_configuration(served, tmp_path: Path):
    """Under the name that it has there."""
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"')
    options = ["--profile", str(file), "--time-scale", "0.1", "--seed", "7", "--approve", "auto"]
    options += ["--token-lifetime", "60", "--admin-token", "s3cret", "--host", "::1"]
    done = run(*options)
    assert "listening on http://[::1]:" in done.output
    config = served["config"]
    assert (config.profile.name, config.time_scale, config.seed) == ("mine", 0.1, 7)
    assert (config.approve, config.token_lifetime_s) == (ApproveMode.AUTO, 60.0)
    assert config.admin_token == "s3cret"


@pytest.mark.real_time
def test_the_admin_token_may_come_from_the_environment(served):
    """Where no process list shows it."""
    run(MOCK_BKASH_ADMIN_TOKEN="from-env")
    assert served["config"].admin_token == "from-env"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--profile", "quick"], "--profile: unknown profile 'quick': give one of constant"),
        (["--time-scale", "0"], "--time-scale must be a finite number above 0, got 0"),
        (["--time-scale", "nan"], "--time-scale must be a finite number above 0, got nan"),
        (["--token-lifetime", "-1"], "--token-lifetime must be a finite number above 0, got -1"),
        (["--token-lifetime", "inf"], "--token-lifetime must be a finite number above 0"),
        (["--port", "70000"], "70000 is not in the range"),
        (["--approve", "never"], "'never' is not one of 'page', 'auto'"),
        (["--seed", "x"], "'x' is not a valid integer"),
        (["--host", "0.0.0.0"], "add --allow-remote 0.0.0.0"),
        (["--host", "shop.test"], "add --allow-remote shop.test"),
        (["--host", "0.0.0.0", "--allow-remote", "1.2.3.4"], "add --allow-remote 0.0.0.0"),
        (["--host", "192.0.2.1", "--allow-remote", "192.0.2.1"], "cannot listen on 192.0.2.1"),
        (["--colour"], "No such option"),
    ],
)
def test_a_wrong_option_is_one_line_and_status_2(served, options: list[str], words: str):
    """Nothing was served."""
    done = run(*options)
    assert done.exit_code == 2
    assert words in done.output
    assert done.output.count("\n") == 1
    assert "app" not in served


@pytest.mark.real_time
def test_another_machine_may_be_let_in_on_purpose(served):
    """By repeating the address."""
    assert run("--host", "0.0.0.0", "--allow-remote", "0.0.0.0").exit_code == 0


@pytest.mark.real_time
def test_localhost_is_this_machine(served):
    """By its name, too."""
    assert "http://localhost:" in run("--host", "localhost").output


def test_profiles_prints_the_medians():
    """One column per profile, one row per operation, in seconds."""
    done = CliRunner().invoke(cli.main, ["profiles"])
    lines = done.output.splitlines()
    assert lines[0].split()[2:] == list(profile_names())
    rows = {line.split()[0]: line.split()[1:] for line in lines[1:] if line and line[0].islower()}
    assert rows["create_payment"] == ["1.00", "0.00", "1.00", "1.00"]
    assert rows["token_grant"] == ["2.00", "0.00", "2.00", "2.00"]
    assert "Assumptions" in done.output


def test_help_shows_examples():
    """Copied and pasted, they work."""
    for arguments in (["--help"], ["serve", "-h"]):
        done = CliRunner().invoke(cli.main, arguments)
        assert done.exit_code == 0
        assert "Examples:" in done.output


def test_the_module_is_the_command():
    """`python -m mock_bkash` and `mock-bkash` are the same."""
    done = subprocess.run(
        [sys.executable, "-m", "mock_bkash", "profiles"],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "median seconds" in done.stdout
    assert done.stderr == ""


@pytest.mark.real_time
def test_faults_are_plans_files_and_kinds(served, tmp_path: Path):
    """Several, in their order, each with figures over it."""
    file = tmp_path / "mine.toml"
    file.write_text('[[faults]]\nfault = "reset"\n')
    run("--faults", "outage;ttl_s=5", "--faults", f"{file};first=2", "--faults", "close")
    plans = served["config"].faults
    assert [plan.name for plan in plans] == ["outage", "mine", "close"]
    assert (plans[0].ttl_s, plans[1].rules[0].first) == (5.0, 2)


@pytest.mark.real_time
def test_rules_of_the_start_that_never_fired_are_named_at_the_end(served):
    """On standard error, one line each; a test whose fault never fired proves nothing."""
    call = Subject(operation="create_payment", key="i", attempt=1, app_key="a")
    served["meanwhile"] = lambda world: world.tenants.fault_desk.board("a").choose(call, now_s=0)
    done = run(
        *("--faults", "reset;operations=create_payment", "--faults", "query-lag"),
        *("--faults", "close;operations=token_grant,create_payment", "--profile", "flaky"),
        *("--faults", "refused"),
    )
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "never fired: plan query-lag, rule 1: lag of query_payment",
        "never fired: plan close, rule 1: close before of create_payment, token_grant",
        "never shut: plan refused, door 1",
    ]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("outtage", "--faults: fault: must be one of altered-amount"),
        ("none.toml", "--faults: cannot read fault plan none.toml: No such file"),
        ("reset;first=0", "--faults: faults[0].first: must be a whole number from 1"),
    ],
)
def test_a_wrong_plan_is_one_line_and_status_2(served, plan: str, words: str):
    """Nothing was served."""
    done = run("--faults", plan)
    assert done.exit_code == 2
    assert words in done.output
    assert done.output.count("\n") == 1
    assert "app" not in served


@pytest.mark.real_time
def test_the_admin_api_can_be_closed(served):
    """Altogether; or to other machines, where it has no token."""
    run("--no-admin")
    assert not served["config"].admin
    run()
    assert (served["config"].admin, served["config"].admin_local_only) == (True, False)
    remote = ["--host", "0.0.0.0", "--allow-remote", "0.0.0.0"]
    run(*remote)
    assert served["config"].admin_local_only
    run(*remote, "--admin-token", "s3cret")
    assert not served["config"].admin_local_only


def test_faults_prints_the_built_in_plans():
    """With a sentence each."""
    done = CliRunner().invoke(cli.main, ["faults"])
    lines = done.output.splitlines()
    assert [line.split()[0] for line in lines[: len(plan_names())]] == list(plan_names())
    assert "docs/faults.md" in lines[-1]


@pytest.mark.real_time
@pytest.mark.parametrize("held", [None, "file"])
def test_a_lifeline_must_be_a_pipe(served, held: str | None, monkeypatch: pytest.MonkeyPatch):
    """A file is always at its end; the test runner's own input has no descriptor."""
    import io

    with Path(__file__).open() as file:
        monkeypatch.setattr(cli.sys, "stdin", None if held is None else file)
        with pytest.raises(click.UsageError, match="--until-eof needs a pipe"):
            cli._lifeline()
    monkeypatch.setattr(cli.sys, "stdin", io.StringIO())
    with pytest.raises(click.UsageError, match="--until-eof needs a pipe"):
        cli._lifeline()


@pytest.mark.real_time
def test_a_lifeline_reaches_the_server(served, monkeypatch: pytest.MonkeyPatch):
    """Standard input's own descriptor."""
    import os

    reading, writing = os.pipe()
    with open(reading) as lifeline, open(writing, "w"):
        monkeypatch.setattr(cli, "_lifeline", lambda: lifeline.fileno())
        assert run("--until-eof").exit_code == 0
        assert served["lifeline"] == lifeline.fileno()
    run()
    assert served["lifeline"] is None


def test_a_pipe_is_a_lifeline(monkeypatch: pytest.MonkeyPatch):
    """Its other end may end at any time."""
    import os

    reading, writing = os.pipe()
    with open(reading) as lifeline, open(writing, "w"):
        monkeypatch.setattr(cli.sys, "stdin", lifeline)
        assert cli._lifeline() == lifeline.fileno()


def test_a_state_file_that_is_none_is_one_line_and_status_2(tmp_path: Path):
    """Nothing was served."""
    file = tmp_path / "state.db"
    file.write_text("no database, but long enough to be looked at as one, for sure" * 20)
    done = run("--state", str(file))
    assert done.exit_code == 2
    assert "--state: " in done.output
    assert done.output.count("\n") == 1


@pytest.mark.parametrize("options", [[], ["--admin"]])
def test_openapi_prints_a_document(options: list[str]):
    """For whoever generates or checks by it."""
    done = CliRunner().invoke(cli.main, ["openapi", *options])
    document = json.loads(done.output)
    assert document["openapi"] == "3.1.0"
    assert ("/_mock/health" in document["paths"]) is bool(options)
