"""What the tests of published clients share: npm packages as locked, a driver, the mock's books."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
NODE = str(Path(sys.executable).with_name("node"))
NPM = str(Path(sys.executable).with_name("npm"))
INSTALL_LIMIT_S = 180

Install = Callable[[Path], Path]


@pytest.fixture(scope="session")
def install(do_without: Callable[[str, str, str], NoReturn]) -> Install:
    """Return a function that installs what a folder's package-lock.json pins.

    It returns node_modules, in a folder that git ignores and that the next run finds again. Scripts
    of packages are not run. Where the registry is comes from npm's own configuration.
    """
    failed: set[Path] = set()

    def as_locked(folder: Path) -> Path:
        lock = folder / "package-lock.json"
        digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
        made = ROOT / ".node-packages" / f"{folder.name}-{digest}"
        with _one_at_a_time(made.parent):
            if not made.is_dir() and folder not in failed and not _ci(folder, made):
                failed.add(folder)
        if folder in failed:
            do_without("node", "access to the npm registry", "npm ci needs it")
        return made / "node_modules"

    return as_locked


@contextmanager
def _one_at_a_time(place: Path) -> Iterator[None]:
    """Wait for other processes of tests that install into the same place."""
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ci(folder: Path, made: Path) -> bool:
    with tempfile.TemporaryDirectory(dir=made.parent) as temporary:
        new = Path(temporary) / made.name
        new.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, new)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        done = subprocess.run(
            [NPM, "ci", *quiet],
            cwd=new,
            capture_output=True,
            text=True,
            timeout=INSTALL_LIMIT_S,
            check=False,
        )
        if done.returncode == 0:
            new.rename(made)
        else:
            # pytest shows it beside the test that had to do without.
            sys.stderr.write(done.stderr)
    return made.is_dir()


DIRECT = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
"""Loopback without the proxy that a machine may have."""


class StayHere(urllib.request.HTTPRedirectHandler):
    """A browser that does not follow: the shop it is sent back to does not exist."""

    def redirect_request(self, *args):
        return None


@pytest.fixture
def approve() -> Callable[[str], str]:
    """Return a function that visits bKash's page and tells where the shopper is sent back to."""
    return _approve


def _approve(bkash_url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), StayHere)
    try:
        opener.open(bkash_url, timeout=180)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError("bKash's page did not send the shopper back")


@dataclass(frozen=True)
class Desk:
    """The admin side of a running mock."""

    root: str

    @property
    def base_url(self) -> str:
        """Return what a client is given in place of bKash's address."""
        return f"{self.root}/v1.2.0-beta"

    def ask(
        self, path: str, body: Any = None, *, method: str = "", app_key: str = "shop-key"
    ) -> Any:
        """Ask the admin API; with a body by POST unless said otherwise."""
        answer = httpx.request(
            method or ("GET" if body is None else "POST"),
            f"{self.root}/_mock/{path}",
            params={"app_key": app_key} if app_key else {},
            json=body,
            timeout=180,
            trust_env=False,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def calls(self, *, app_key: str = "shop-key") -> dict[str, int]:
        """Return how often each operation was called."""
        calls: dict[str, int] = self.ask("counters", app_key=app_key)["calls"]
        return calls

    def plan_fault(self, plan: str) -> None:
        """Put one of the mock's own fault plans in force."""
        self.ask("faults", {"app_key": "shop-key", "plan": plan}, method="PUT")

    def judge(self, *payments: Mapping[str, Any], agreements: tuple[Any, ...] = ()) -> Any:
        """Hold a shop's books against the ledger."""
        return self.ask(
            "audit",
            {"app_key": "shop-key", "payments": payments, "agreements": agreements},
        )


@pytest.fixture(scope="session")
def mock_root(shared_household) -> str:
    """A mock without delays, which approves every payment: no client has a step for that."""
    root: str = shared_household.mock("--profile", "fast", "--approve", "auto")
    return root


@pytest.fixture
def desk(mock_root: str) -> Desk:
    """The desk of a mock that remembers nothing."""
    made = Desk(mock_root)
    made.ask("reset", method="POST", app_key="")
    return made


@pytest.fixture
def port(reserve_port: Callable[[], int]) -> int:
    """A port that is free, for a mock that is told to shops before it runs."""
    return reserve_port()


@dataclass
class Client:
    """A published Node client in a process of its own, called over pipes."""

    process: subprocess.Popen[str]

    def together(self, *calls: Mapping[str, Any], advance_s: float = 0.0) -> Any:
        """Make calls at once; return what the driver says, see driver.cjs."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = {"calls": [{"client": 0, **call} for call in calls], "advance_s": advance_s}
        self.process.stdin.write(json.dumps(line) + os.linesep)
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, self.process.communicate(timeout=5)[1]
        return json.loads(said)

    def result(self, name: str, *arguments: Any, client: int = 0) -> Any:
        """Make one call; return what became of it."""
        call = {"client": client, "name": name, "arguments": arguments}
        return self.together(call)["results"][0]

    def answer(self, name: str, *arguments: Any, client: int = 0) -> Any:
        """Make one call that is answered; return the answer."""
        result = self.result(name, *arguments, client=client)
        assert result.keys() == {"answer"}, result
        return result["answer"]

    def advance(self, seconds: float) -> None:
        """Put the client's clock forward."""
        self.together(advance_s=seconds)


@pytest.fixture
def open_client(household, install: Install) -> Callable[..., Client]:
    """Return a function that starts a package with one or more configurations."""

    def start(package: str, *configs: Mapping[str, str]) -> Client:
        process = household.start(
            *(str(HERE / "driver.cjs"), package, json.dumps(configs)),
            program=NODE,
            stdin=subprocess.PIPE,
            **DIRECT,
            NODE_PATH=str(install(HERE)),
        )
        return Client(process)

    return start


@pytest.fixture
def serve_script(household) -> Callable[..., str]:
    """Return a function that starts a server in Node and tells its URL."""

    def start(script: Path, node_modules: Path | None = None, **environment: str) -> str:
        paths = {} if node_modules is None else {"NODE_PATH": str(node_modules)}
        return household.serve(str(script), program=NODE, **DIRECT, **paths, **environment)

    return start
