"""Laws of `bkash-bench serve`: ready in one line, refused in one line, ended in order."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.cli import main
from harness.merchant import SeedSize, audit_view, seed_database

LIMIT_S = 180
"""Longest that anything may take: far beyond need, so that a slow machine passes."""

Eventually = Callable[[Callable[[], object]], None]

READY = re.compile(r"^merchant (\S+) listening on (http://127\.0\.0\.1:\d+)$")


def refuse(*arguments: str) -> str:
    """Run a command that must not serve; return its one line."""
    result: Result = CliRunner().invoke(main, ["serve", *arguments])
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A small seeded file."""
    path = tmp_path / "shop.sqlite3"
    seed_database(path, size=SeedSize(users=5, courses=2, old_payments=10))
    return str(path)


def test_an_unknown_variant_is_refused_with_those_there_are():
    """And how to define one."""
    assert "unknown variant 'fast'" in refuse("--variant", "fast")


def test_a_wrong_variants_file_is_refused_with_its_line(tmp_path: Path):
    """Broken TOML, and unknown flags."""
    file = tmp_path / "mine.toml"
    file.write_text('[variants]\nmine = ["speed"]\n')
    line = refuse("--variant", "mine", "--variants-file", str(file))
    assert "mine.toml:2" in line
    assert "valid flags" in line
    file.write_text("[variants")
    assert "broken TOML" in refuse("--variant", "mine", "--variants-file", str(file))


def test_an_unknown_profile_is_refused(tmp_path: Path):
    """By name or by file."""
    assert "slowish" in refuse("--variant", "cached", "--profile", "slowish")
    missing = str(tmp_path / "none.toml")
    assert "none.toml" in refuse("--variant", "cached", "--profile", missing)


@pytest.mark.parametrize(
    "gateway",
    ["https://tokenized.pay.bka.sh/v1.2.0-beta", "http://10.0.0.1:8700", "ftp://127.0.0.1", "x"],
)
def test_a_gateway_elsewhere_is_refused_unless_named(gateway: str, tmp_path: Path):
    """Nobody calls the real bKash by mistake, and nothing was written."""
    assert "--gateway" in refuse(
        *("--variant", "cached", "--gateway", gateway, "--database", str(tmp_path / "x"))
    )
    assert list(tmp_path.iterdir()) == []


def test_a_gateway_elsewhere_that_was_named_is_taken(tmp_path: Path):
    """The next objection is another one."""
    line = refuse(
        *("--variant", "cached", "--gateway", "https://bkash.example/v1.2.0-beta"),
        *("--allow-remote", "BKASH.example", "--database", str(tmp_path)),
    )
    assert "cannot open" in line


def test_an_address_that_others_can_reach_is_refused_unless_named():
    """A demonstration shop is nobody's business."""
    assert "--allow-remote 0.0.0.0" in refuse("--variant", "cached", "--host", "0.0.0.0")


def test_a_port_in_use_is_refused_and_nothing_written(tmp_path: Path):
    """Before a database is made."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        path = str(tmp_path / "x.sqlite3")
        assert f"port {port}" in refuse("--variant", "cached", "--port", port, "--database", path)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_cannot_be_opened_is_refused(tmp_path: Path):
    """A folder, somebody's file, a folder that is not there."""
    arguments = ("--variant", "cached", "--port", "0", "--database")
    assert "cannot open" in refuse(*arguments, str(tmp_path))
    other = tmp_path / "letter.txt"
    other.write_text("dear database, " * 100)
    assert "letter.txt" in refuse(*arguments, str(other))
    assert other.read_text().startswith("dear")
    assert "cannot create" in refuse(*arguments, str(tmp_path / "no" / "where.sqlite3"))


def test_credentials_that_cannot_be_sent_are_refused_without_showing_them():
    """Only the field is named."""
    line = refuse("--variant", "cached", "--app-secret", "two words")
    assert "app_secret" in line
    assert "two words" not in line


def test_a_public_url_is_an_origin(database: str):
    """bKash sends shoppers there."""
    line = refuse(
        *("--variant", "cached", "--port", "0", "--database", database, "--public-url", "shop")
    )
    assert "--public-url" in line


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="no variant"),
        pytest.param(("--variant", "cached", "--port", "99999"), id="port"),
        pytest.param(("--variant", "cached", "--time-scale", "0"), id="time scale"),
        pytest.param(("--variant", "cached", "--time-scale", "nan"), id="nan"),
        pytest.param(("--variant", "cached", "--seed", "-1"), id="seed"),
        pytest.param(("--variant", "cached", "--speed", "high"), id="unknown option"),
    ],
)
def test_wrong_options_are_refused(arguments: tuple[str, ...]):
    """In one line that says where to read on."""
    assert "bkash-bench serve --help" in refuse(*arguments)


def test_help_has_examples_and_says_where_secrets_come_from():
    """The environment, which no process list shows."""
    output = CliRunner().invoke(main, ["serve", "--help"]).output
    assert "bkash-bench serve --variant optimized" in output
    assert "CRON_SECRET" in output
    assert "BKASH_PASSWORD" in output


@pytest.mark.real_time
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_a_signal_and_ends_in_order(number: signal.Signals, database: str):
    """One ready line, nothing on standard error, exit status 0; the cron secret opens."""
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "harness.cli", "serve", "--variant", "sequential"),
            *("--port", "0", "--database", database, "--profile", "fast"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CRON_SECRET": "of-the-test", "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert child.stdout is not None
        match = READY.match(child.stdout.readline())
        assert match is not None
        assert match[1] == "sequential"
        with urllib.request.urlopen(f"{match[2]}/healthz", timeout=LIMIT_S) as response:
            assert response.status == 200
        cron = f"{match[2]}/api/cron/refresh-bkash-token?secret="
        with urllib.request.urlopen(f"{cron}of-the-test", timeout=LIMIT_S) as response:
            assert response.status == 200
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{cron}wrong", timeout=LIMIT_S)
        refused.value.close()
        child.send_signal(number)
        out, err = child.communicate(timeout=LIMIT_S)
    finally:
        child.kill()
        child.wait()
    assert (child.returncode, out, err) == (0, "", "")


@pytest.mark.real_time
def test_an_intent_survives_kill_9(database: str, eventually: Eventually):
    """A gateway that accepts and never answers: the payment is in the books before it is asked."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        child = subprocess.Popen(
            [
                *(sys.executable, "-m", "harness.cli", "serve", "--variant", "overlapped"),
                *("--port", "0", "--database", database, "--profile", "fast"),
                *("--gateway", f"http://127.0.0.1:{silent.getsockname()[1]}/v1.2.0-beta"),
            ],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            assert child.stdout is not None
            match = READY.match(child.stdout.readline())
            assert match is not None
            shopper = http.client.HTTPConnection(match[2].removeprefix("http://"))
            shopper.request("POST", "/api/bkash/make-payment", b'{"user_id": 1, "course_id": 1}')
            eventually(lambda: audit_view(Path(database)))
            shopper.close()
        finally:
            child.kill()
            child.communicate()
    (payment,) = audit_view(Path(database))
    assert payment["history"] == ["initiated"]
