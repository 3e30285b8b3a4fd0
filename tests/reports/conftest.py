"""Runs without a run: what the tests of reports read."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reports import Analysis, analyse


def _load_synthetic() -> ModuleType:
    # tests/ is no package: the generator is loaded by its path, once, under a name of its own.
    name = "bkash_bench_synthetic"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            name, Path(__file__).with_name("synthetic.py")
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def synthetic() -> ModuleType:
    """The generator of run folders."""
    return _load_synthetic()


@pytest.fixture
def make_run(synthetic: ModuleType, tmp_path: Path) -> Callable[..., Analysis]:
    """Write a run by its recipe and work it out."""
    counter = iter(range(100))

    def make(**recipe: Any) -> Analysis:
        path = tmp_path / f"run-{next(counter)}"
        return analyse(synthetic.write_run(path, synthetic.Recipe(**recipe)))

    return make


@pytest.fixture(scope="session")
def seven(synthetic: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """The seven variants, 260 payments each, worked out once for all tests that only read."""
    path = tmp_path_factory.mktemp("seven") / "run"
    return analyse(synthetic.write_run(path))
