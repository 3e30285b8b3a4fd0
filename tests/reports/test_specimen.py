"""The payments that the waterfall shows."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from reports import Analysis, VariantAnalysis
from reports.specimen import choose_specimens, free_lane

Make = Callable[..., Analysis]


def test_one_arrival_near_every_median_stands_for_all(seven: Analysis) -> None:
    """The same shopper with the same draws, typical for each variant."""
    specimens = choose_specimens(seven)
    assert specimens.arrival is not None
    for variant, specimen in zip(seven.variants, specimens.shown, strict=True):
        assert specimen.total_s == pytest.approx(variant.summary.payment_time_s.p50, rel=0.06)


def test_bars_of_the_path_follow_each_other_within_the_payment(seven: Analysis) -> None:
    """No overlap on lane 0, nothing before 0 or after the end."""
    for specimen in choose_specimens(seven).shown:
        path = sorted((b.start_s, b.end_s) for b in specimen.bars if b.lane == 0)
        assert path[0][0] >= 0
        assert path[-1][1] <= specimen.total_s + 1e-9
        for (_, before), (after, _) in pairwise(path):
            assert after >= before - 1e-9


def test_stages_beside_the_path_have_lanes_of_their_own(seven: Analysis) -> None:
    """Two validations beside the longest one take two lanes."""
    specimen = choose_specimens(seven).shown[3]
    assert sorted(bar.lane for bar in specimen.bars if bar.stage.startswith(("val", "check"))) == [
        0,
        1,
        2,
    ]


def test_lanes_are_used_again_once_free() -> None:
    """A lane whose bar has ended takes the next one; one that begins before takes another."""
    ends: list[float] = []
    bars = [(0.0, 1.0), (0.5, 2.0), (1.0, 1.5), (1.5, 3.0)]
    assert [free_lane(ends, begin, end) for begin, end in bars] == [0, 1, 0, 0]
    assert ends == [3.0, 2.0]


def test_at_a_time_scale_bars_are_at_full_size(make_run: Make) -> None:
    """The picture is the same whatever the wall speed."""
    variants = ("sequential", "parallel")
    full = choose_specimens(make_run(variants=variants)).shown
    quick = choose_specimens(make_run(variants=variants, time_scale=0.1)).shown
    for whole, part in zip(full, quick, strict=True):
        assert part.total_s == pytest.approx(whole.total_s, abs=0.02)
        assert len(part.bars) == len(whole.bars)
        path = sorted((b.start_s, b.end_s) for b in part.bars if b.lane == 0)
        for (_, before), (after, _) in pairwise(path):
            assert before - 1e-9 <= after < before + 0.6
        assert path[-1][1] <= part.total_s


def test_without_a_shared_arrival_each_variant_shows_its_own(make_run: Make) -> None:
    """Its own median payment."""
    analysis = make_run(
        variants=("sequential", "stored"),
        arrivals=1,
        warmup_arrivals=0,
        failures={"stored": {"timeout": 1}},
    )
    assert [s.variant for s in choose_specimens(analysis).shown] == ["sequential"]
    split = make_run(variants=("sequential", "stored"), arrivals=4, warmup_arrivals=0)
    first, second = split.variants
    apart = replace(split, variants=(_only(first, [0, 1]), _only(second, [2, 3])))
    specimens = choose_specimens(apart)
    assert specimens.arrival is None
    assert [s.variant for s in specimens.shown] == ["sequential", "stored"]


def _only(variant: VariantAnalysis, arrivals: list[int]) -> VariantAnalysis:
    chosen = np.isin(variant.arrivals, arrivals)
    return replace(variant, arrivals=variant.arrivals[chosen], times_s=variant.times_s[chosen])


def test_a_run_without_payments_shows_none(make_run: Make) -> None:
    """Nothing to lay out."""
    specimens = choose_specimens(make_run(variants=("stored",), empty=frozenset({"stored"})))
    assert specimens.shown == ()
    assert specimens.arrival is None
