"""`bkash-bench profile`: latency profiles, shown and made from somebody's production."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
import rich.console

if TYPE_CHECKING:
    from harness.cli.profile.fitting import FittedProfile
    from harness.cli.profile.timings import Timings

__all__ = ["profile_command"]

_EPILOG = """\b
Examples:
  bkash-bench profile show guide
  bkash-bench profile fit timings.csv -o mine.toml
  bkash-bench profile fit checkout.har -o mine.toml --base guide
  bkash-bench compare --profile mine.toml

\b
Exit status: 0 all well, 2 usage. See docs/profile-fit.md.
"""

_WIDE = 100


@click.group("profile", epilog=_EPILOG, short_help="Show a latency profile, or fit your own.")
def profile_command() -> None:
    """Show latency profiles, or make one of your own shop's timings."""


@profile_command.command("show", short_help="Print a latency profile.")
@click.argument("name", metavar="NAME|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def show_command(*, name: str, as_json: bool) -> None:
    """Print a profile: a built-in one (guide, constant, fast, flaky) or a TOML file."""
    from harness.cli.latency_profile import find_profile
    from harness.cli.profile.table import (
        gap_sentences,
        network_sentence,
        profile_document,
        profile_table,
    )

    profile = find_profile(name)
    if as_json:
        _print_json(profile_document(profile))
        return
    click.echo(f"Profile {profile.name}: how slow bKash and the database are assumed to be.")
    if profile.operations:
        _print_table(profile_table(profile))
    else:
        click.echo("It names no operation: nothing takes time.")
    click.echo(network_sentence(profile))
    for sentence in gap_sentences(profile):
        click.echo(f"Note: {sentence}")


@profile_command.command("fit", short_help="Make a profile from production timings.")
@click.argument("source", metavar="FILE.csv|FILE.har", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="TOML file to write."
)
@click.option("--name", help="Name of the profile.  [default: the file's]")
@click.option(
    "--base", metavar="NAME|FILE", help="Profile that fills the gaps.  [default: none, gaps stay]"
)
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def fit_command(
    *, source: Path, out: Path, name: str | None, base: str | None, force: bool, as_json: bool
) -> None:
    """Make a latency profile from timings of production.

    A CSV file has the columns operation and seconds (or milliseconds), a line per call. A HAR file
    comes from a browser or a proxy. Where a lognormal fits badly, the times are written to a file
    beside the profile and repeated as they are.
    """
    from harness.cli.latency_profile import find_profile
    from harness.cli.profile.fitting import fit_profile, write_fitted

    _check_out(out)
    timings = _read(source)
    filler = None if base is None else find_profile(base)
    fitted = fit_profile(timings, name=name or out.stem, base=filler, stem=out.stem)
    paths = write_fitted(fitted, out, overwrite=force)
    if as_json:
        _print_json(_document(fitted, timings, paths))
        return
    _tell(fitted, timings, paths)


def _check_out(out: Path) -> None:
    from harness.errors import ConfigurationError

    if out.suffix != ".toml":
        raise ConfigurationError(f"-o {out}: a profile is a TOML file; name it {out.stem}.toml")


def _read(source: Path) -> "Timings":
    from harness.cli.profile.csv_file import read_csv_timings
    from harness.cli.profile.har_file import read_har_timings

    # By what it is called: a HAR that is broken must not be taken for a strange CSV.
    if source.suffix.lower() in {".har", ".json"}:
        return read_har_timings(source)
    return read_csv_timings(source)


def _tell(fitted: "FittedProfile", timings: "Timings", paths: list[Path]) -> None:
    from harness.cli.profile.table import fit_table, gap_sentences, network_sentence

    _print_table(fit_table(fitted))
    for operation in fitted.operations:
        for remark in operation.remarks:
            click.echo(f"Note: {operation.name}: {remark}.")
    for sentence in timings.unused:
        click.echo(f"Not used: {sentence}.")
    if fitted.borrowed:
        click.echo(f"From profile {fitted.base}: {', '.join(fitted.borrowed)}.")
    for note in fitted.notes:
        click.echo(f"Note: {note}.")
    for sentence in gap_sentences(fitted.profile):
        click.echo(f"Note: {sentence}")
    click.echo(network_sentence(fitted.profile))
    written = ", ".join(str(path) for path in paths)
    click.echo(f"Written: {written}. Try it: bkash-bench compare --profile {paths[0]}")


def _document(fitted: "FittedProfile", timings: "Timings", paths: list[Path]) -> dict[str, object]:
    from harness.cli.profile.table import profile_document

    return {
        "profile": profile_document(fitted.profile),
        "fits": {
            operation.name: {
                "fit": operation.fit,
                "origin": timings.origins.get(operation.name, timings.source),
                "remarks": operation.remarks,
            }
            for operation in fitted.operations
        },
        "borrowed": fitted.borrowed,
        "unused": timings.unused,
        "written": [str(path) for path in paths],
    }


def _print_json(document: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))


def _print_table(table: object) -> None:
    console = rich.console.Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    console.print(table)
