"""Laws of the house: what a newcomer may rely on when looking for something."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("harness", "mock_bkash", "reports", "scenarios")
# Importing locust patches the whole process, so nothing of scenarios is imported here.
IMPORTABLE = ("harness", "mock_bkash", "reports")
# A script that only hands over to another module has no behaviour of its own to test.
HANDING_OVER = "__main__.py"


def modules() -> list[Path]:
    return sorted(
        path.relative_to(ROOT)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if path.name not in {"__init__.py", HANDING_OVER}
    )


def rooms() -> list[str]:
    return sorted(
        ".".join(path.parent.relative_to(ROOT).parts)
        for package in IMPORTABLE
        for path in (ROOT / package).rglob("__init__.py")
    )


@pytest.mark.parametrize("module", modules(), ids=str)
def test_every_module_has_its_test_file(module: Path):
    """Whoever changes a module finds its laws at the same place below tests/."""
    assert (ROOT / "tests" / module.parent / f"test_{module.name}").is_file()


@pytest.mark.parametrize("module", modules(), ids=str)
def test_every_module_stays_one_noun_long(module: Path):
    """Past 400 lines a second noun lives in the file."""
    assert len((ROOT / module).read_text().splitlines()) <= 400


@pytest.mark.parametrize("room", rooms())
def test_all_is_sorted_and_true(room: str):
    """What a room offers is what `__all__` says, and every name of it exists."""
    names = importlib.import_module(room).__all__
    package = importlib.import_module(room)
    public = {
        name
        for name, value in vars(package).items()
        if not name.startswith("_")
        and not isinstance(value, type(sys))
        and (getattr(value, "__module__", None) or room).split(".")[0] in PACKAGES
    }
    assert public <= set(names)
    assert all(hasattr(package, name) for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_it_is_for(room: str):
    """The docstring of a room is its door plate."""
    assert importlib.import_module(room).__doc__


def test_no_module_imports_locust_but_scenarios():
    """Importing locust patches a process, so only scenarios, in their own process, may."""
    code = "import sys, harness.cli, reports, mock_bkash; print('locust' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=180
    )
    assert done.stdout.strip() == "False"


def test_every_public_function_states_its_units():
    """A parameter or attribute that holds a time carries its unit as a suffix."""
    bare = {"timeout", "duration", "elapsed", "latency", "delay", "interval", "lifetime"}
    offenders = [
        f"{module}:{node.lineno} {argument.arg}"
        for module in modules()
        for node in ast.walk(ast.parse((ROOT / module).read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_"
        for argument in node.args.args + node.args.kwonlyargs
        if argument.arg in bare
        and isinstance(argument.annotation, ast.Name)
        and argument.annotation.id in {"int", "float"}
    ]
    # asyncio's own signatures, which a loop has to keep.
    assert [o for o in offenders if not o.startswith("harness/simulation/loop.py")] == []


def test_wheel_packages_are_the_four_rooms():
    """What is built is what is tested: modules outside the packages would be lost in the wheel."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert tuple(sorted(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])) == (
        PACKAGES
    )
    assert {name for _, name, package in pkgutil.iter_modules([str(ROOT)]) if package} >= set(
        PACKAGES
    )


def test_what_must_run_alone_stands_where_it_is_looked_for():
    """`make test` runs it last, one after the other, and collects only that folder for it."""
    marked = {
        path.relative_to(ROOT).parts[:2]
        for path in (ROOT / "tests").rglob("test_*.py")
        if "pytest.mark.alone" in path.read_text() and path != Path(__file__)
    }
    assert marked == {("tests", "end_to_end")}
