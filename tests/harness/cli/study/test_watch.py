"""Laws of watching a study."""

from harness.cli.study.watch import StudyWatch
from harness.lab import Phase


def test_the_share_done_is_shown_and_the_end_is_the_report():
    """Nothing before something is done: there is no pace yet."""
    steps = []

    class Observer:
        def step(self, step):
            steps.append(step)

    watch = StudyWatch(Observer())
    watch.see(0.0)
    assert steps == []
    watch.see(0.5)
    watch.see(1.0)
    watch.write()
    assert [step.phase for step in steps] == [Phase.SIMULATING, Phase.SIMULATING, Phase.REPORTING]
    assert steps[0].done < steps[1].done <= steps[2].done < 1
    assert steps[1].left_s == 0
