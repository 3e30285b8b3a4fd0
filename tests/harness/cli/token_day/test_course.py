"""Laws of the course of a token day."""

from harness.cli.exit_status import ExitStatus
from harness.cli.token_day.course import token_day
from harness.cli.token_day.settings import make_token_day_settings
from harness.rundata.token_day import read_token_day


def test_a_folder_with_record_and_report_comes_out(tmp_path, capsys):
    """And a table for the terminal, with where the report is."""
    settings = make_token_day_settings(
        {
            "variants": ("stored",),
            "variants_file": None,
            "crons": ("0 * * * *",),
            "rates": (4 / 3600,),
            "instances": 1,
            "instance_lifetime": None,
            "profile": "constant",
            "token_lifetime": 3_600.0,
            "duration": 3 * 3_600.0,
            "seed": 1,
            "jobs": 1,
            "out": tmp_path / "day",
        }
    )
    assert token_day(settings, as_json=False, quiet=True, open_report=False) is ExitStatus.OK
    out = capsys.readouterr().out
    assert out.startswith("Run stored with")
    assert str(tmp_path / "day" / "report.html") in out
    assert read_token_day(tmp_path / "day").days
    assert (tmp_path / "day" / "report.html").stat().st_size > 10_000
