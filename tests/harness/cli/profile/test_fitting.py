"""Laws of making a profile of timings."""

import numpy as np
import pytest

from harness.cli.profile.fitting import MAX_EMPIRICAL, fit_profile, write_fitted
from harness.cli.profile.timings import Timings
from harness.errors import ConfigurationError
from mock_bkash.latency import Constant, Empirical, Lognormal, Network, load_profile

RNG = np.random.default_rng(3)
GUIDE = load_profile("guide")


def lognormal(n, median_s=1.0):
    return tuple(median_s * np.exp(0.2 * RNG.standard_normal(n)))


def timings(**seconds):
    return Timings(source="t.csv", seconds={k: tuple(v) for k, v in seconds.items()})


def fit(times, **options):
    return fit_profile(times, **{"name": "mine", "stem": "mine", "base": None, **options})


def test_timings_come_back_as_a_profile_that_is_near_them(tmp_path):
    """What is written is loaded, with the medians that were measured."""
    fitted = fit(timings(create_payment=lognormal(800), token_grant=lognormal(400, 2.0)))
    (path,) = write_fitted(fitted, tmp_path / "mine.toml", overwrite=False)
    profile = load_profile(str(path))
    assert profile.name == "mine"
    assert profile.median_s("create_payment") == pytest.approx(1.0, rel=0.05)
    assert profile.median_s("token_grant") == pytest.approx(2.0, rel=0.05)
    assert "800 samples" in path.read_text()


def test_what_no_lognormal_fits_is_repeated_as_it_was(tmp_path):
    """Two kinds of call have no single median; their times lie beside the profile."""
    two = lognormal(300, 0.1) + lognormal(300, 2.0)
    fitted = fit(timings(token_lookup=two))
    (operation,) = fitted.operations
    assert operation.kind == "empirical"
    assert "distance" in operation.remarks[0]
    paths = write_fitted(fitted, tmp_path / "mine.toml", overwrite=False)
    assert [path.name for path in paths] == ["mine.toml", "mine.token_lookup.txt"]
    shape = load_profile(str(paths[0])).operations["token_lookup"].shape
    assert isinstance(shape, Empirical)
    assert shape.quantile_s(0.5) == pytest.approx(np.quantile(two, 0.5), rel=1e-3)


def test_few_samples_are_warned_of_and_never_repeated():
    """Eight times would say that nothing slower can happen."""
    fitted = fit(timings(create_payment=(0.1,) * 4 + (5.0,) * 4, execute_payment=(1.25,)))
    create, execute = fitted.operations
    assert create.kind == "lognormal"
    assert "only 8 samples" in create.remarks[0]
    assert isinstance(execute.distribution.shape, Constant)
    assert execute.distribution.shape.value_s == pytest.approx(1.25)
    assert "only one sample" in execute.remarks[0]


def test_a_few_that_fit_badly_are_said_to():
    """Too few to repeat, too strange to model: the reader is told."""
    fitted = fit(timings(create_payment=(0.1,) * 20 + (5.0,) * 20))
    assert any("fits badly" in remark for remark in fitted.operations[0].remarks)
    assert isinstance(fitted.operations[0].distribution.shape, Lognormal)


def test_very_many_samples_are_written_as_quantiles():
    """A data file of a million lines says no more."""
    two = lognormal(20_000, 0.1) + lognormal(20_000, 2.0)
    shape = fit(timings(token_lookup=two)).operations[0].distribution.shape
    assert len(shape.samples_s) == MAX_EMPIRICAL
    assert shape.quantile_s(0.9) == pytest.approx(np.quantile(two, 0.9), rel=0.01)


def test_gaps_are_filled_from_the_base_and_told(tmp_path):
    """Without a base they stay gaps."""
    times = timings(create_payment=lognormal(100))
    assert list(fit(times).profile.operations) == ["create_payment"]
    fitted = fit(times, base=GUIDE)
    assert set(fitted.profile.operations) == set(GUIDE.operations)
    assert "create_payment" not in fitted.borrowed
    (path,) = write_fitted(fitted, tmp_path / "mine.toml", overwrite=False)
    assert "from profile 'guide'" in path.read_text()


def test_a_base_with_data_files_is_copied_with_them(tmp_path):
    """The new profile must not depend on where the old one lay."""
    old = tmp_path / "old"
    old.mkdir()
    (old / "d.txt").write_text("0.5\n0.6\n")
    (old / "old.toml").write_text(
        '[operations.execute_payment]\nkind = "empirical"\nfile = "d.txt"\n'
    )
    base = load_profile(str(old / "old.toml"))
    fitted = fit(timings(create_payment=lognormal(100)), base=base)
    paths = write_fitted(fitted, tmp_path / "mine.toml", overwrite=False)
    (old / "d.txt").unlink()
    assert load_profile(str(paths[0])).median_s("execute_payment") == pytest.approx(0.55)


def test_nothing_is_overwritten_unless_asked(tmp_path):
    """Somebody's profile may be the only copy."""
    fitted = fit(timings(create_payment=lognormal(100)))
    path = tmp_path / "mine.toml"
    path.write_text("precious")
    with pytest.raises(ConfigurationError, match="--force"):
        write_fitted(fitted, path, overwrite=False)
    assert path.read_text() == "precious"
    write_fitted(fitted, path, overwrite=True)
    assert load_profile(str(path)).name == "mine"


def test_what_cannot_be_written_is_said(tmp_path):
    """With the system's reason, and nothing left behind."""
    fitted = fit(timings(create_payment=lognormal(100)))
    with pytest.raises(ConfigurationError, match="No such file"):
        write_fitted(fitted, tmp_path / "no" / "mine.toml", overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_stand_ins_beside_borrowed_operations_are_warned_of():
    """Whole requests contain the database already: it would count twice."""
    times = Timings(
        source="t.har",
        seconds={"create_payment": lognormal(100)},
        origins={"create_payment": "whole make-payment requests"},
        stand_ins=("create_payment",),
        shopper_round_trip_s=0.08,
    )
    fitted = fit(times, base=GUIDE)
    assert "too long" in fitted.notes[0]
    assert "upper bound" in fitted.operations[0].remarks[0]
    assert fitted.profile.network == Network(0.0, 0.08)
    assert fit(times).notes == ()
