"""Laws of the store's boundary: each method is one stage, modelled and measured."""

from pathlib import Path
from typing import Any

from harness.merchant.store import Course, Database, Distance, Purchase, Store
from harness.simulation import run_virtual
from harness.stages import TimedStage, Timeline, current_timeline

DELAYS_US = {"validate_user": 1_000, "validate_course": 3_000, "check_enrolled": 2_000}


def ask(path: Path, story: Any, *, delays_us: dict[str, int]) -> tuple[Any, list[TimedStage], int]:
    async def main() -> Any:
        database = Database(path)
        store = Store(database, Distance(lambda name, *_: delays_us.get(name, 0), time_scale=1.0))
        timeline = Timeline(origin_ns=0)
        token = current_timeline.set(timeline)
        try:
            return await story(store), timeline.stages, store.queries
        finally:
            current_timeline.reset(token)
            database.close()

    return run_virtual(main())


def test_a_trip_is_one_stage_of_its_name(database_path: Path):
    """Delay before the statement, and the span says how much of it was modelled."""
    answer, stages, queries = ask(
        database_path, lambda store: store.validate_user(1), delays_us=DELAYS_US
    )
    assert answer is True
    assert stages == [TimedStage("validate_user", 0, 1_000_000, 1_000_000)]
    assert queries == 1


def test_a_batch_is_one_trip_that_stands_as_three_stages(database_path: Path):
    """It takes as long as the slowest question, for each of the three."""
    answer, stages, queries = ask(
        database_path,
        lambda store: store.validate_at_once(user_id=1, course_id=2),
        delays_us=DELAYS_US,
    )
    course = Course(2, "Web Design for Beginners", 59_900, "Lamia Rahman", 10)
    assert answer == Purchase(has_user=True, course=course, is_enrolled=False)
    assert [stage.name for stage in stages] == [
        "validate_user",
        "validate_course",
        "check_enrolled",
    ]
    assert {(s.start_ns, s.duration_ns, s.modelled_ns) for s in stages} == {
        (0, 3_000_000, 3_000_000)
    }
    assert queries == 3


def test_a_batch_over_no_distance_models_nothing(database_path: Path):
    """What was not modelled is not said to be."""
    _, stages, _ = ask(
        database_path, lambda store: store.validate_at_once(user_id=1, course_id=2), delays_us={}
    )
    assert {stage.modelled_ns for stage in stages} == {None}
