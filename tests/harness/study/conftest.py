"""Somebody who watches, and fieldwork that he watches."""

from dataclasses import dataclass, field

import pytest

from harness.progress import Step
from harness.study import Circumstances, Fieldwork


@dataclass
class Watcher:
    """Keep what was told."""

    steps: list[Step] = field(default_factory=list)

    def step(self, step: Step) -> None:
        self.steps.append(step)


@pytest.fixture
def watcher():
    return Watcher()


@pytest.fixture(scope="session")
def make_fieldwork():
    """Return a function that begins fieldwork, in this process unless told otherwise."""

    def make(*, jobs=1, observer=None):
        circumstances = Circumstances(
            name="run",
            created_utc="2026-11-23T00:00:00+00:00",
            command=("bkash-bench",),
            versions={"bkash-bench": "0"},
            git_commit=None,
            machine={},
        )
        return Fieldwork(circumstances, observer=observer or Watcher(), jobs=jobs)

    return make
