"""Laws of the course of a gate."""

import pytest

from harness.cli.exit_status import ExitStatus
from harness.cli.gate.gating import conclude, open_for, save_baseline, take_baseline
from harness.cli.gate.options import GateWish
from harness.errors import ConfigurationError, RunDataError
from harness.gate import read_baseline, write_baseline
from harness.rundata import RunFolder
from reports import analyse


@pytest.fixture
def analysis(make_run):
    """A run of one variant, whose 40 payments take 3.2 s each."""
    return analyse(RunFolder(make_run()))


@pytest.fixture
def pass_through(analysis):
    """Return a function that opens a gate for the run and asks it."""

    def ask(as_json=False, **wish):
        asked = GateWish(**wish)
        return conclude(open_for(asked, analysis.manifest), asked, analysis, as_json=as_json)

    return ask


def test_without_a_wish_the_run_speaks_for_itself(pass_through, capsys):
    """Nothing is opened, told or written."""
    assert pass_through() is ExitStatus.OK
    assert capsys.readouterr() == ("", "")


def test_passed_limits_are_counted(pass_through, capsys):
    """A green gate says how much it looked at."""
    status = pass_through(limits=("guide", "cached: p50 payment_time <= 3200ms"))
    assert status is ExitStatus.OK
    assert capsys.readouterr().out == "Gate: passed (0 of 2 checks failed)\n"


def test_exceeded_limit_is_10_and_names_both_numbers(pass_through, capsys):
    """On standard error where standard output belongs to the summary."""
    assert (
        pass_through(as_json=True, limits=("p50 payment_time < 3s",)) is ExitStatus.LIMIT_EXCEEDED
    )
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "Gate: limit exceeded (1 of 1 checks failed)\n"
        "  LIMIT EXCEEDED: cached: p50 payment_time is 3.2 s; the limit is < 3s\n"
    )


def test_growth_over_the_baseline_is_11(pass_through, analysis, tmp_path, capsys):
    """The same run passes; one that was a tenth faster shows it up."""
    base = tmp_path / "base.json"
    write_baseline(take_baseline(analysis), base)
    assert pass_through(baseline=base) is ExitStatus.OK
    base.write_text(base.read_text().replace("3.2", "2.9"))
    assert pass_through(baseline=base) is ExitStatus.REGRESSED
    out = capsys.readouterr().out
    assert "REGRESSION: cached: p95 payment_time is 3.2 s, 300 ms above the baseline's 2.9 s" in out


def test_limit_that_judges_nothing_is_2(pass_through, capsys):
    """It is said as an error, with what there is."""
    assert pass_through(limits=("p95 token_refresh < 1s",)) is ExitStatus.USAGE
    assert capsys.readouterr().err.startswith("Error: --limit 'p95 token_refresh < 1s': it names")


@pytest.mark.parametrize(
    ("run", "status", "said"),
    [
        ({"interrupted": True}, ExitStatus.INVALID_RUN, "The run was stopped before"),
        ({"audit_ok": False}, ExitStatus.AUDIT_VIOLATED, "the ledger audit found"),
    ],
)
def test_worthless_run_outweighs_its_limits(make_run, tmp_path, capsys, run, status, said):
    """12 and 13 stand, whatever the limits say, and no baseline is made of it."""
    analysis = analyse(RunFolder(make_run(**run)))
    wish = GateWish(limits=("p50 payment_time < 3s",), save_baseline=tmp_path / "new.json")
    assert conclude(open_for(wish, analysis.manifest), wish, analysis) is status
    out, err = capsys.readouterr()
    assert said in out
    assert f"No baseline was written to {tmp_path / 'new.json'}: the run is " in err
    assert not (tmp_path / "new.json").exists()


def test_limits_file_is_read_beside_the_command_line(pass_through, tmp_path, capsys):
    """Both count."""
    file = tmp_path / "limits.toml"
    file.write_text('[[limit]]\nrule = "max callback < 1s"\nwhy = "promised"\n')
    assert pass_through(limits=("guide",), limits_file=file) is ExitStatus.LIMIT_EXCEEDED
    out = capsys.readouterr().out
    assert "(1 of 2 checks failed)" in out
    assert "max callback is 1.2 s; the limit is < 1s (promised)" in out


def test_run_folder_is_as_good_as_its_file(pass_through, analysis, make_run, tmp_path):
    """The file is what the folder says."""
    path = make_run("before")
    assert pass_through(baseline=path) is ExitStatus.OK
    file = tmp_path / "base.json"
    save_baseline(analyse(RunFolder(path)), file, believed=ExitStatus.OK)
    assert read_baseline(file).variants == take_baseline(analysis).variants


def test_baseline_that_is_no_measure_is_refused(pass_through, make_run, tmp_path):
    """An interrupted run, or one with wrong money, is nothing to compare with."""
    for name, run in (("broken", {"interrupted": True}), ("wrong", {"audit_ok": False})):
        with pytest.raises(ConfigurationError, match="is no measure: the run is invalid or its"):
            pass_through(baseline=make_run(name, **run))
    with pytest.raises(RunDataError, match="is not a run folder"):
        pass_through(baseline=tmp_path)


def test_outputs_are_written_for_machines_and_pages(pass_through, tmp_path, monkeypatch):
    """A job's summary page is added to; any other file is written anew."""
    page, own, junit = (tmp_path / name for name in ("page.md", "own.md", "gate.xml"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    for _ in range(2):
        pass_through(limits=("guide",), markdown=page, junit=junit)
        pass_through(limits=("guide",), markdown=own)
    assert page.read_text() == 2 * own.read_text()
    assert own.read_text().startswith("## ✅ Gate passed\n")
    assert junit.read_bytes().count(b"<testsuites>") == 1


@pytest.mark.parametrize("option", ["save_baseline", "junit", "markdown"])
def test_output_without_a_place_is_refused_before_the_run(pass_through, tmp_path, option):
    """Not after a minute of running."""
    name = option.replace("_", "-")
    for path in (tmp_path, tmp_path / "none" / "file"):
        with pytest.raises(ConfigurationError, match=f"--{name}: .* is no place for a file"):
            pass_through(limits=("guide",), **{option: path})


def test_output_that_cannot_be_written_is_told(pass_through, tmp_path, monkeypatch):
    """A full disk, a read-only file."""
    target = tmp_path / "gate.xml"

    def refuse(path, mode):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(target), "open", refuse)
    with pytest.raises(
        ConfigurationError, match=r"--junit: cannot write .*: No space left on device"
    ):
        pass_through(limits=("guide",), junit=target)


def test_baseline_is_saved_where_it_was_asked_for(pass_through, tmp_path, capsys):
    """With limits or without; a limit that failed does not keep it from being renewed."""
    for name, limits in (("a.json", ()), ("b.json", ("p50 payment_time < 1s",))):
        pass_through(limits=limits, save_baseline=tmp_path / name)
        assert f"Baseline: {tmp_path / name}\n" in capsys.readouterr().out
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
