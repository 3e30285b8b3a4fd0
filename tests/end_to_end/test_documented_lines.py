"""What the documentation tells people to type works as it stands there."""

import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from mock_bkash.testing import Credentials, LiveMock, LiveServer

pytestmark = pytest.mark.real_time

ROOT = Path(__file__).parents[2]
LIMIT_S = 240
MOCK = "http://127.0.0.1:8700"
ON_PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def blocks(page: str, language: str) -> list[str]:
    """Return the fenced blocks of a page that are in a language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)


def run(command: list[str], folder: Path, **environment: str) -> str:
    """Run a program and all that it starts to the end; return what it wrote."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PATH": ON_PATH, "no_proxy": "127.0.0.1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            out, _ = process.communicate(timeout=LIMIT_S)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, out
    return out


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    """What the page's first snippet starts."""
    (start, *_) = blocks("docs/first-payment.md", "sh")
    options = start.split("#")[0].split()
    assert (options[:2], options[-1]) == (["mock-bkash", "serve"], "&")
    with LiveServer(options[2:-1]) as started:
        yield started


def test_the_first_payment_with_curl(server: LiveServer, tmp_path: Path):
    """Money moves, and the ledger shows it."""
    script = blocks("docs/first-payment.md", "sh")[1].replace(MOCK, server.origin)
    out = run(["bash", "-eu", "-o", "pipefail", "-c", script], tmp_path)
    callback, executed, ledger = out.splitlines()
    assert callback.startswith("http://127.0.0.1:3000/callback?")
    assert '"transactionStatus":"Completed"' in executed
    assert '"total_poisha":149900' in ledger


def test_the_first_payment_with_python(server: LiveServer, tmp_path: Path):
    """With nothing but the standard library."""
    (program,) = blocks("docs/first-payment.md", "python")
    out = run([sys.executable, "-c", program.replace(MOCK, server.origin)], tmp_path)
    assert out.startswith("Completed ")
    shop = LiveMock(server, Credentials("python-shop"))
    assert shop.ledger()["total_poisha"] == 149_900


@pytest.mark.node
def test_the_first_payment_with_javascript(server: LiveServer, tmp_path: Path):
    """With nothing but Node."""
    (program,) = blocks("docs/first-payment.md", "js")
    (tmp_path / "first-payment.mjs").write_text(program.replace(MOCK, server.origin))
    out = run(["node", "first-payment.mjs"], tmp_path)
    assert out.startswith("Completed ")
    shop = LiveMock(server, Credentials("js-shop"))
    assert shop.ledger()["total_poisha"] == 149_900


def test_the_door_for_foreign_io(tmp_path: Path):
    """A thread answers under the virtual clock."""
    (program,) = blocks("docs/simulation.md", "python")
    assert run([sys.executable, "-c", program], tmp_path) == "3\n"


def test_the_snippets_for_test_suites(tmp_path: Path):
    """In a project that has nothing else, with warnings as errors."""
    pages = blocks("docs/mock-in-tests.md", "python")
    conftest = next(page for page in pages if page.startswith("# conftest.py"))
    outside = next(page for page in pages if "LiveServer" in page)
    shop = next(page for page in pages if page.startswith("# mock_in_tests_shop.py"))
    (settings,) = blocks("docs/mock-in-tests.md", "toml")
    tests = [page for page in pages if page not in (conftest, outside, shop)]
    for number, page in enumerate(tests):
        folder = tmp_path / f"part{number}"
        folder.mkdir()
        (folder / "test_part.py").write_text(page)
    (tmp_path / "mock_in_tests_shop.py").write_text(shop)
    (tmp_path / "pyproject.toml").write_text(settings)
    (tmp_path / "last").mkdir()
    (tmp_path / "last" / "conftest.py").write_text(conftest)
    (tmp_path / "last" / "test_auto.py").write_text(AUTO)
    plugins = ("-p", "mock_bkash.pytest_plugin", "-p", "pytest_asyncio.plugin")
    options = ("-q", "-W", "error", "--strict-markers", "--import-mode=importlib")
    out = run(
        [sys.executable, "-m", "pytest", *plugins, *options, "."],
        tmp_path,
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        PYTHONPATH=os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", ""), str(ROOT))),
    )
    assert "7 passed" in out, out
    assert "[]" in run([sys.executable, "-c", outside], ROOT)


AUTO = textwrap.dedent(
    """
    def test_nobody_has_to_approve(mock_bkash_app):
        assert mock_bkash_app._ask("GET", "/_mock/health").json()["approve"] == "auto"
    """
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


QUICK = "--profile fast --payments 2 --patience 2 --token-lifetime 6 --quiet"


# What a person does in the editor: the shop of these lines wants to know who lands on its page.
EDITOR = "sed -i -e s/guide-nextjs/mine/ -e s/checkout.{course_id}/&?user_id={user_id}/"


def own_desktop(folder: Path) -> str:
    """Put a browser that needs no screen, and the sources, where the lines look for them."""
    (folder / "harness").symlink_to(ROOT / "harness")
    browser = folder / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text('#!/bin/sh\nexec grep -c waterfall "$1"\n')
    browser.chmod(0o755)
    return f"{browser.parent}{os.pathsep}{ON_PATH}"


def test_the_lines_of_the_readme(tmp_path: Path):
    """From nothing to a payment, and on to the waterfall; only ports and patience are ours."""
    point, read = (b for b in blocks("README.md", "sh") if "BKASH_BASE_URL" in b or "kill %1" in b)
    assert [len(part.splitlines()) for part in (point, read)] == [6, 6]
    mock_port, shop_port = str(free_port()), str(free_port())
    script = (point + read).replace("8700", mock_port).replace("3000", shop_port)
    for old, new in (
        ("make setup && . .venv/bin/activate\n", ""),
        ("serve --approve auto", f"serve --approve auto --port {mock_port} --profile fast"),
        ("--variant sequential", "--variant sequential --profile fast"),
        ("bkash-bench probe", f"bkash-bench probe {QUICK} --mock-port {mock_port}"),
    ):
        assert old in script, old
        script = script.replace(old, new)
    # Nothing is left running, whichever line ends it.
    whole = "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n" + script
    out = run(["bash", "-eu", "-c", whole], tmp_path, EDITOR=EDITOR, PATH=own_desktop(tmp_path))
    assert '"calls":{"token_grant":2,"create_payment":1,"execute_payment":1}' in out, out
    assert len(list(tmp_path.glob("runs/*-probe/report.html"))) == 2
    assert 'name = "mine"' in (tmp_path / "shop.toml").read_text()
    assert "?user_id=" in (tmp_path / "shop.toml").read_text()


def test_the_lines_of_the_probe_wait_for_what_they_start():
    """A server in the background is not up when the next line is typed."""
    for page in ("README.md", "docs/probe.md"):
        text = (ROOT / page).read_text()
        behind = text[text.index("mock-bkash serve --approve auto &") :]
        lines = [line for line in behind.splitlines() if "curl" in line and "127.0.0.1" in line]
        assert lines
        for line in lines:
            assert line.count("curl -s") == line.count("--retry 30 --retry-connrefused"), line


def test_the_newest_of_many_reports_is_opened():
    """After the second probe a pattern would match several."""
    for page in ("README.md", "docs/probe.md"):
        opened = re.findall(r"xdg-open (.*?)\s*(?:#|\n)", (ROOT / page).read_text())
        assert opened
        assert set(opened) == {'"$(ls -t runs/*-probe/report.html | head -1)"'}, page


def test_what_pip_installs_is_what_the_clone_builds():
    """No page counts on a package index that may not have it."""
    wheel = f"dist/bkash_bench-{version('bkash-bench')}-py3-none-any.whl"
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    lines = [line for page in pages for line in page.read_text().splitlines()]
    ours = [line for line in lines if re.search(r"pip install .*bkash.bench", line)]
    assert ours
    for line in ours:
        assert wheel in line, line
