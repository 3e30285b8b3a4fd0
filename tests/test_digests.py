"""Laws of comparing the digests of every Python there is: `.ci/digests.py`."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAME = {"cached": "aa11", "stored": "bb22"}


@pytest.fixture(scope="module")
def digests():
    """The script, imported: it stands outside every package."""
    spec = importlib.util.spec_from_file_location("digests", ROOT / ".ci" / "digests.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def install(folder: Path, name: str, *look: object) -> Path:
    """Put a program there that says it is a Python; without words it fails, as a shim does."""
    path = folder / name
    said = json.dumps([*look, str(path)])
    path.write_text(f"#!/bin/sh\necho '{said}'\n" if look else "#!/bin/sh\nexit 127\n")
    path.chmod(0o755)
    return path


def test_the_newest_release_of_each_supported_cpython_is_found(digests, tmp_path):
    """Shims, other implementations, what is too old and what is not yet released are left out."""
    paths = [
        install(tmp_path, "a", "cpython", 3, 12, 1, "final"),
        install(tmp_path, "b", "cpython", 3, 12, 4, "final"),
        install(tmp_path, "c", "cpython", 3, 10, 9, "final"),
        install(tmp_path, "d", "cpython", 3, 15, 0, "alpha"),
        install(tmp_path, "e", "pypy", 3, 11, 0, "final"),
        install(tmp_path, "f"),
        install(tmp_path, "g", "cpython", 3, 11, 7, "final"),
    ]
    assert dict(digests.find_pythons(paths)) == {
        (3, 11): ((3, 11, 7), str(tmp_path / "g")),
        (3, 12): ((3, 12, 4), str(tmp_path / "b")),
    }


def test_pythons_are_looked_for_on_the_path_and_at_pyenv(digests, tmp_path, monkeypatch):
    """By their names, and only what can be run."""
    on_path, versions = tmp_path / "bin", tmp_path / "pyenv" / "versions" / "3.13.0" / "bin"
    for folder in (on_path, versions):
        folder.mkdir(parents=True)
    expected = [install(on_path, "python3.12"), install(versions, "python3.13")]
    for name in ("python3", "python3.13t", "python3.12-config"):
        install(on_path, name)
    (on_path / "python3.11").touch()
    monkeypatch.setenv("PATH", f"{on_path}:/no/where")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert list(digests.candidates()) == expected


def test_what_is_installed_is_pinned_and_no_more_than_a_simulation_needs(digests):
    """Every package with its hashes, dependencies included; no load generator, no test tools."""
    names = digests.needed()
    lock = digests.pinned((ROOT / "requirements.lock").read_text(), names)
    entries = [line for line in lock.splitlines() if not line.startswith((" ", "#"))]
    assert {"numpy", "msgspec", "httpx", "httpcore", "python-dateutil"} <= names
    assert not names & {"locust", "gevent", "pytest", "mypy"}
    assert {"numpy", "msgspec"} <= {entry.partition("==")[0] for entry in entries}
    assert lock.count("--hash=sha256:") > len(entries)


def test_a_python_that_differs_is_named_with_the_variant(digests, capsys):
    """So is a variant that only one of them has; what is the same passes."""
    assert digests.verdict("CPython 3.12.1", SAME, SAME)
    assert not digests.verdict("CPython 3.13.0", {"cached": "aa11", "stored": "cc33"}, SAME)
    assert not digests.verdict("CPython 3.14.0", {"cached": "aa11"}, SAME)
    assert capsys.readouterr().out.splitlines() == [
        "CPython 3.12.1: the same",
        "CPython 3.13.0: DIFFERENT in stored",
        "CPython 3.14.0: DIFFERENT in stored",
    ]


@pytest.mark.parametrize(
    ("other", "status", "words"),
    [
        (SAME, 0, "CPython 3.99.1: the same"),
        ({**SAME, "stored": "cc33"}, 1, "CPython 3.99.1: DIFFERENT in stored"),
        ("left out: why", 0, "CPython 3.99.1: left out: why"),
    ],
)
def test_one_difference_is_the_exit_status(digests, monkeypatch, capsys, other, status, words):
    """Whatever the others found."""
    found = [((3, 99), ((3, 99, 1), "/python3.99"))]
    monkeypatch.setattr(digests, "find_pythons", lambda paths: iter(found))
    monkeypatch.setattr(digests, "simulate", lambda python, folder, hash_seed: SAME)
    monkeypatch.setattr(digests, "try_python", lambda python, folder, version: other)
    assert digests.main() == status
    assert capsys.readouterr().out.splitlines()[1:] == [words]


def test_a_python_that_is_alone_is_compared_with_itself(digests, monkeypatch, capsys):
    """With another hash seed, and it is said that there is no other."""
    seeds: list[int] = []

    def simulate(python: str, folder: Path, hash_seed: int) -> dict[str, str]:
        seeds.append(hash_seed)
        return SAME

    monkeypatch.setattr(digests, "find_pythons", lambda paths: iter(()))
    monkeypatch.setattr(digests, "simulate", simulate)
    assert digests.main() == 0
    assert sorted(seeds) == [0, 1]
    assert "the only one here, with another hash seed: the same" in capsys.readouterr().out
