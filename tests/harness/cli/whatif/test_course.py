"""Laws of the course of a what-if."""

from harness.cli.exit_status import ExitStatus
from harness.cli.whatif.course import whatif
from harness.cli.whatif.settings import make_whatif_settings
from harness.rundata.whatif import read_whatif


def test_a_folder_with_record_and_report_comes_out(tmp_path, capsys):
    """And what pays most for the terminal, with where the report is."""
    settings = make_whatif_settings(
        {
            "stages": ("create_payment",),
            "settings": (),
            "range": None,
            "points": 2,
            "variants": ("stored",),
            "variants_file": None,
            "profile": "constant",
            "payments": 20,
            "rate": 1 / 60,
            "token_lifetime": 3_600.0,
            "seed": 1,
            "jobs": 1,
            "out": tmp_path / "if",
        }
    )
    assert whatif(settings, as_json=False, quiet=True, open_report=False) is ExitStatus.OK
    out = capsys.readouterr().out
    assert "create_payment" in out.splitlines()[0]
    assert str(tmp_path / "if" / "report.html") in out
    assert read_whatif(tmp_path / "if").sweeps
    assert (tmp_path / "if" / "report.html").stat().st_size > 10_000
