"""Hold every Python of this machine to the same digests: `make digests`.

The virtual clock promises the same samples, byte for byte, on every CPython that is supported. Each
that is found gets a virtual environment in a temporary folder, with the pinned packages that a
simulation needs, simulates with a hash seed of its own, and must find what this one finds.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
NOT_SIMULATED = {"locust"}
"""The load generator of real runs: a third of all packages."""

LIMIT_S = 600
"""Longest that any one step may take: far beyond need, so that a slow machine passes."""

SIMULATION = ("compare", "--clock", "virtual", "--payments", "200", "--json", "--quiet")
LOOK = (
    "import json, sys;"
    "print(json.dumps([sys.implementation.name, *sys.version_info[:4], sys.executable]))"
)

Digests = dict[str, str]
Version = tuple[int, int, int]


def main() -> int:
    """Compare all Pythons; return the exit status, 1 where one differs."""
    own = sys.version_info[:3]
    others = dict(find_pythons(candidates()))
    others.pop(own[:2], None)
    with tempfile.TemporaryDirectory(prefix="bkash-digests-") as folder:
        place = Path(folder)
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as crew:
            own_run = crew.submit(simulate, sys.executable, place / "own", 0)
            found = {
                say(version): crew.submit(try_python, python, place / f"{version[1]}", version)
                for version, python in others.values()
            }
            if not found:
                name = f"{say(own)}, the only one here, with another hash seed"
                found[name] = crew.submit(simulate, sys.executable, place / "again", 1)
        expected = own_run.result()
        outcomes = {name: outcome.result() for name, outcome in found.items()}
    tell(f"{say(own)}: {len(expected)} variants, {overall(expected)}")
    verdicts = [verdict(name, outcome, expected) for name, outcome in outcomes.items()]
    return int(not all(verdicts))


def candidates() -> Iterator[Path]:
    """Name what may be a CPython: on the search path, and pyenv's, if there is one."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    places = [Path(place) for place in os.environ.get("PATH", "").split(os.pathsep) if place]
    for place in (*places, *sorted(pyenv.glob("versions/*/bin"))):
        yield from sorted(path for path in place.glob("python3.*") if is_python(path))


def is_python(path: Path) -> bool:
    """Tell whether a file has an interpreter's name; python3-config and python3.13t are not."""
    return re.fullmatch(r"python3\.\d+", path.name) is not None and os.access(path, os.X_OK)


def find_pythons(paths: Iterable[Path]) -> Iterator[tuple[tuple[int, int], tuple[Version, str]]]:
    """Return the newest final release of each CPython that is supported, the newest last."""
    found: dict[Version, str] = {}
    for path in paths:
        looked = run((str(path), "-c", LOOK))
        if looked.returncode != 0:
            # One of pyenv's shims, for a version that is not switched on.
            continue
        name, major, minor, micro, level, executable = json.loads(looked.stdout)
        if name == "cpython" and level == "final" and (major, minor) >= OLDEST:
            found.setdefault((major, minor, micro), executable)
    for version in sorted(found):
        yield version[:2], (version, found[version])


def try_python(python: str, folder: Path, version: Version) -> Digests | str:
    """Simulate with another Python; return what it found, or why there is nothing to find."""
    venv = folder / "venv"
    check(run((python, "-m", "venv", "--without-pip", str(venv))))
    lock = folder / "requirements.txt"
    lock.write_text(pinned((ROOT / "requirements.lock").read_text(), needed()))
    own = str(venv / "bin" / "python")
    pip = (sys.executable, "-m", "pip", "--python", own, "install", "--disable-pip-version-check")
    # Without dependencies, because the lock names them all; not compiled, because it runs once.
    flags = ("--quiet", "--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile")
    installed = run((*pip, *flags, "-r", str(lock)))
    if installed.returncode != 0 and version[:2] not in supported():
        return "left out: the pinned packages have no wheels for it, and it is not yet supported"
    check(installed)
    return simulate(own, folder / "run", version[1])


def needed() -> set[str]:
    """Return the names of what a simulation needs, dependencies of dependencies included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["bench"]]
    waiting = {name_of(line) for line in lines} - NOT_SIMULATED
    names: set[str] = set()
    while waiting:
        name = waiting.pop()
        names.add(name)
        try:
            # Whether a condition holds is the lock's to say, for the Python in question.
            more = [line for line in requires(name) or () if "extra ==" not in line]
        except PackageNotFoundError:
            continue
        waiting |= {name_of(line) for line in more} - names
    return names


def name_of(requirement: str) -> str:
    """Return the normalized name that a requirement begins with."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None, f"{requirement!r} names no package"
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pinned(lock: str, names: set[str]) -> str:
    """Return the entries of a lock file that are about these packages, with their hashes."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.strip())
    return "\n".join(entry for entry in entries if name_of(entry) in names) + "\n"


def supported() -> set[tuple[int, int]]:
    """Return the versions that the project says it supports."""
    found = re.findall(r"Python :: 3\.(\d+)", (ROOT / "pyproject.toml").read_text())
    return {(3, int(minor)) for minor in found}


def simulate(python: str, folder: Path, hash_seed: int) -> Digests:
    """Simulate in a process of its own; return the digest of each variant's samples."""
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(hash_seed)}
    command = (python, "-m", "harness.cli", *SIMULATION, "--out", str(folder))
    summary = json.loads(check(run(command, **environment)).stdout)
    return {name: figures["digest"] for name, figures in summary["variants"].items()}


def verdict(name: str, outcome: Digests | str, expected: Digests) -> bool:
    """Say in a line what became of a Python; return whether that is as it must be."""
    if isinstance(outcome, str):
        tell(f"{name}: {outcome}")
        return True
    differing = [v for v in expected | outcome if expected.get(v) != outcome.get(v)]
    tell(f"{name}: {'DIFFERENT in ' + ', '.join(differing) if differing else 'the same'}")
    return not differing


def overall(digests: Digests) -> str:
    """Return the beginnings of all digests, for people to compare by eye."""
    return " ".join(f"{name} {digest[:8]}" for name, digest in digests.items())


def say(version: tuple[int, ...]) -> str:
    """Return a version as people write it."""
    return "CPython " + ".".join(map(str, version))


def tell(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(command: tuple[str, ...], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, bounded."""
    return subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )


def check(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """Return what ended well; end with the last words of what did not."""
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(done.args[:4])} failed:\n{done.stdout}{done.stderr}")
    return done


if __name__ == "__main__":
    sys.exit(main())
