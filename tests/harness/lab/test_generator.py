"""Laws of the load generator as the lab sees it."""

import sys

import msgspec

from harness.lab import generator as generator_module
from harness.lab.generator import GENERATOR, Generator
from harness.lab.stack import Stack
from harness.load import PLAN_VARIABLE, LoadPlan, Progress, ProgressEvent


async def test_generator_reads_its_plan_and_its_progress_is_heard(tmp_path, monkeypatch, bench):
    """The plan's file is named in the environment; lines that are no progress are passed over."""
    line = Progress(
        event=ProgressEvent.START, origin_ns=0, elapsed_s=0.0, arrivals_s=1.0, planned=7
    ).line()
    code = (
        "import os, pathlib\n"
        f"print(pathlib.Path(os.environ['{PLAN_VARIABLE}']).is_file())\n"
        f"print({line!r})"
    )
    monkeypatch.setattr(generator_module, "locust_command", lambda: [sys.executable, "-c", code])
    heard: list[Progress] = []
    async with Stack() as stack:
        generator = Generator(tmp_path, on_progress=heard.append)
        child = await generator.start(bench.experiment.plan, stack)
        assert await child.wait() == 0
        assert child.command.name == GENERATOR
    assert [progress.planned for progress in heard] == [7]
    assert LoadPlan.read(tmp_path / "plan.json") == msgspec.structs.replace(bench.experiment.plan)
