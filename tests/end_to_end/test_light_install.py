"""The mock installs alone and light: what anybody gets who wants it for their own tests.

A wheel is built and installed without extras into a fresh virtual environment, its dependencies
with the versions and digests of our lock.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
import venv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path
from typing import Any, NoReturn

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.real_time

ROOT = Path(__file__).parents[2]
LIGHT = {"click", "httptools", "msgspec", "starlette", "uvicorn"}
"""What the mock needs itself."""
LIMIT_S = 180


@dataclass(frozen=True)
class Household:
    """A virtual environment of its own.

    Attributes:
        folder: where it is, and where its commands are run.
    """

    folder: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of its programs, knowing nothing of the source tree."""
        return subprocess.run(
            [self.program(program), *arguments],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )

    def program(self, name: str) -> str:
        """Return where a program is."""
        return str(self.folder / "bin" / name)

    def environment(self) -> dict[str, str]:
        """Return ours, without what leads back here."""
        return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}

    def install(self, *arguments: str) -> None:
        """Install with pip.

        Raises:
            LookupError: it could not be had; the message is what pip said.
        """
        done = self.pip("install", "-q", *arguments)
        if done.returncode:
            raise LookupError(done.stderr)

    def pip(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run our own pip on it, so that it needs none."""
        command = [sys.executable, "-m", "pip", "--python", self.program("python"), *arguments]
        return subprocess.run(
            command,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )


def closure(names: Iterable[str]) -> set[str]:
    """Return distributions with all that they need, by what is installed here."""
    found: set[str] = set()
    left = {canonicalize_name(name) for name in names}
    while left:
        name = left.pop()
        found.add(name)
        needed = [Requirement(line) for line in requires(name) or ()]
        wanted = {
            canonicalize_name(one.name)
            for one in needed
            if one.marker is None or one.marker.evaluate({"extra": ""})
        }
        left |= wanted - found
    return found


def locked(names: set[str]) -> str:
    """Return the part of the lock that is about these distributions."""
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text())
    chosen = [block for block in blocks if canonicalize_name(block.partition("==")[0]) in names]
    assert len(chosen) == len(names)
    return "\n".join(chosen)


@pytest.fixture(scope="session")
def house(
    tmp_path_factory: pytest.TempPathFactory, do_without: Callable[[str, str, str], NoReturn]
) -> Household:
    """The mock as anybody installs it."""
    folder = tmp_path_factory.mktemp("light")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=LIMIT_S)
    venv.create(folder)
    made = Household(folder)
    (folder / "light.lock").write_text(locked(closure(LIGHT)))
    try:
        made.install("--require-hashes", "-r", "light.lock")
    except LookupError as error:
        sys.stderr.write(str(error))
        do_without("real_time", "the package index", "pip install has to reach it")
    made.install("--no-deps", *map(str, folder.glob("*.whl")))
    return made


def test_the_wheel_asks_for_five_packages(house: Household):
    """Everything else is an extra."""
    done = house.pip("inspect")
    (ours,) = (
        one["metadata"]
        for one in json.loads(done.stdout)["installed"]
        if one["metadata"]["name"] == "bkash-bench"
    )
    plain = [Requirement(line) for line in ours["requires_dist"] if "extra ==" not in line]
    assert {one.name for one in plain} == LIGHT
    assert house.pip("check").returncode == 0


BUY = """
import json, sys, urllib.request

base = sys.argv[1] + "/v1.2.0-beta/tokenized/checkout"
guard = {}

def call(path, **body):
    named = {"content-type": "application/json", "username": "u", "password": "p", **guard}
    asked = urllib.request.Request(f"{base}/{path}", json.dumps(body).encode(), named)
    return json.load(urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked))

guard["authorization"] = call("token/grant", app_key="shop", app_secret="s")["id_token"]
guard["x-app-key"] = "shop"
created = call("create", mode="0011", payerReference="x", callbackURL="http://shop.test/",
               amount="5", currency="BDT", intent="sale", merchantInvoiceNumber="i")
print(call("execute", paymentID=created["paymentID"])["transactionStatus"])
"""


def test_a_payment_goes_through_it(house: Household):
    """With nothing but what it brought."""
    command = ["serve", "--port", "0", "--approve", "auto", "--profile", "fast", "--until-eof"]
    with subprocess.Popen(
        [house.program("mock-bkash"), *command],
        cwd=house.folder,
        env=house.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as mock:
        assert mock.stdout is not None
        origin = mock.stdout.readline().split()[-1]
        bought = house.run("python", "-c", BUY, origin)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{origin}/_mock/ledger") as answer:
            ledger: dict[str, Any] = json.load(answer)
        _, words = mock.communicate(timeout=LIMIT_S)
    assert (bought.stdout, bought.stderr) == ("Completed\n", "")
    assert ledger["total_poisha"] == 500
    assert (mock.returncode, words) == (0, "")


@pytest.mark.parametrize("command", ["profiles", "faults", "openapi", "--help"])
def test_every_command_of_the_mock_works_alone(house: Household, command: str):
    """None of them needs an extra."""
    done = house.run("mock-bkash", command)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_it_says_to_install_needs_no_index_for_ourselves(house: Household):
    """pip takes the harness's packages to the wheel that is there, wherever that came from."""
    done = house.pip("install", "--no-index", "--dry-run", "bkash-bench[bench]")
    assert "Requirement already satisfied: bkash-bench[bench]" in done.stdout
    assert "(from versions: none)" in done.stderr, "what is missing are the others"


@pytest.mark.parametrize("command", ["compare", "report", "serve", "probe", "whatif"])
def test_the_harness_says_what_to_install(house: Household, command: str):
    """In one line, whichever package it misses first."""
    arguments = {"serve": ["--app-key", "k"], "report": ["runs"], "probe": ["--target", "x"]}
    done = house.run("bkash-bench", command, *arguments.get(command, []))
    assert done.returncode == 2, done
    pattern = r"Error: \w+ is not installed, which this needs: pip install 'bkash-bench\[bench\]'\n"
    assert re.fullmatch(pattern, done.stderr), done.stderr


def test_the_overview_of_the_harness_needs_nothing(house: Household):
    """So that a newcomer can read what there is."""
    done = house.run("bkash-bench", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "compare" in done.stdout


FOREIGN = """
import urllib.request


def test_live(mock_bkash):
    assert mock_bkash.ledger()["captures"] == []


def test_app(mock_bkash_app):
    assert mock_bkash_app.counters()["calls"] == {}


def test_router(mock_bkash_router):
    pass
"""


def test_pytest_finds_the_fixtures_by_itself(house: Household):
    """Where both are installed; and says what is missing for the one that needs httpx."""
    (house.folder / "pytest.lock").write_text(locked(closure({"pytest"})))
    house.install("--require-hashes", "-r", "pytest.lock")
    (house.folder / "test_foreign.py").write_text(FOREIGN)
    done = house.run("python", "-m", "pytest", "-q", "-W", "error", "test_foreign.py")
    assert "2 passed, 1 error" in done.stdout, done.stdout
    assert "this needs httpx, which is not installed: pip install 'bkash-bench[pytest]'" in (
        done.stdout
    )
