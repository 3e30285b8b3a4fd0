"""Laws of bad input: one line that says what to do, status 2, no traceback, nothing left behind."""

import json
import socket

import pytest

from harness.rundata import SCHEMA_VERSION, Manifest, RunConfiguration, RunFolder, VariantRecord

pytestmark = pytest.mark.real_time

TARGET = ("--target", "shop=http://127.0.0.1:1")

VIRTUAL = ("--clock", "virtual")

COMPARE = {
    "unknown option": (["--variant", "x"], "No such option '--variant'"),
    "unknown variant": (["--variants", "sequential,fast"], "unknown variant 'fast'"),
    "repeated variant": (["--variants", "cached,cached"], "'cached' is named twice"),
    "empty variant": (["--variants", "cached,,"], "a name is empty"),
    "unknown profile": (["--profile", "slow"], "slow"),
    "missing profile file": (["--profile", "none.toml"], "none.toml"),
    "broken profile": (["--profile", "broken.toml"], "line 2"),
    "profile with gaps": (["--profile", "gaps.toml"], "'validate_user' (and 10 more), which seq"),
    "profile with gaps, virtual": ([*VIRTUAL, "--profile", "gaps.toml"], "[operations.validate_"),
    "absurd profile": (
        ["--profile", "absurd.toml"],
        "value_s: must be at most 86,400 s",
    ),
    "NaN, loss": ([*VIRTUAL, "--loss", "nan"], "'--loss': 'nan' is not a share from 0 to 0.5"),
    "too many resets": ([*VIRTUAL, "--reset", "2"], "'--reset': '2' is not a share from 0 to 1"),
    "day without header": (
        [*VIRTUAL, "--day", "day.csv"],
        "'time,shoppers' is not the header",
    ),
    "NaN": (["--rate", "nan"], "'nan' is not a number of payments per second"),
    "infinite": (["--duration", "inf"], "'inf' is not a duration"),
    "negative": (["--duration", "-1"], "'-1' is not a duration"),
    "zero": (["--time-scale", "0"], "'0' is not a number of wall seconds per modelled second"),
    "absurd": (["--rate", "1e9"], " to 1000"),
    "no number": (["--token-lifetime", "soon"], "'soon' is not a number of seconds"),
    "seed": (["--seed", "-1"], "--seed"),
    "port": (["--mock-port", "65536"], "--mock-port"),
    "nobody arrives": (["--rate", "0.01", "--duration", "1"], "raise --rate or --duration"),
    "more arrivals than pairs": (["--rate", "1000", "--duration", "600"], "lower --rate"),
    "missing config": (["--config", "none.toml"], "cannot read config file none.toml"),
    "broken config": (["--config", "broken.toml"], "broken TOML: "),
    "unknown config option": (["--config", "unknown.toml"], "'rat', which is not an option"),
    "bad config value": (["--config", "nan.toml"], "is not a number of payments per second"),
    "missing variants file": (["--variants-file", "none.toml"], "none.toml"),
    "broken variants file": (["--variants-file", "broken.toml"], "line 2"),
    "unknown flag": (["--variants-file", "flag.toml"], "unknown flag 'warp'"),
    "baseline takes no part": (["--variants", "cached", "--baseline", "stored"], "--baseline"),
    "target without name": (["--target", "http://127.0.0.1:1"], "write NAME=URL"),
    "target without URL": (["--target", "shop=localhost"], "is not a URL"),
    "remote target": (["--target", "shop=http://10.0.0.1"], "--allow-remote 10.0.0.1"),
    "silent target": ([*TARGET, "--mock-port", "0"], "does not answer"),
    "target named like a variant": (["--target", "cached=http://127.0.0.1:1"], "'cached' names"),
    "missing target file": (["--target", "shop=http://127.0.0.1:1,none.toml"], "none.toml"),
    "broken target file": (["--target", "shop=http://127.0.0.1:1,broken.toml"], "broken.toml"),
    "key of no target": (["--target-key", "shop=key"], "names no --target"),
    "taken run folder": (["--out", "taken"], "name a new one with --out"),
    "unwritable run folder": (["--out", "taken/file/run"], "with --out"),
    "argument": (["sequential"], "unexpected extra argument"),
}
REPORT = {
    "no run": ([], "Missing argument"),
    "missing run": (["nowhere"], "run folder nowhere does not exist"),
    "no run folder": (["taken"], "is not a run folder"),
    "other version": (["future"], "schema version 99"),
    "truncated manifest": (["torn"], "truncated or malformed"),
    "no samples": (["unsampled"], "no sample file"),
    "two runs as JSON": (["nowhere", "taken", "--json"], "--json"),
}
SERVE = {
    "no variant": ([], "--variant"),
    "unknown variant": (["--variant", "fast"], "unknown variant 'fast'"),
    "unopenable database": (["--variant", "cached", "--database", "taken"], "taken"),
    "no database": (["--variant", "cached", "--database", "broken.toml"], "broken.toml"),
    "remote gateway": (["--variant", "cached", "--gateway", "http://10.0.0.1"], "--allow-remote"),
    "unknown profile": (["--variant", "cached", "--profile", "slow"], "slow"),
}
ATTRIBUTE = {
    "unknown optimization": (["--optimizations", "warp"], "unknown optimization 'warp'"),
    "profile with gaps": (["--profile", "gaps.toml"], "profile 'gaps' has no operation"),
}
TOKEN_DAY = {
    "broken crontab line": (["--cron", "70 * * * *"], "70 * * * *"),
    "profile with gaps": (["--profile", "gaps.toml"], "profile 'gaps' has no operation"),
}
WHATIF = {
    "unknown stage": (["--stage", "warp"], "warp"),
    "profile with gaps": (["--profile", "gaps.toml"], "profile 'gaps' has no operation"),
}
FIT = {
    "no output": (["calls.csv"], "'-o' / '--out'"),
    "missing file": (["none.csv", "-o", "mine.toml"], "none.csv"),
}
CROSSCHECK = {
    "unknown variant": (["--variants", "fast"], "unknown variant 'fast'"),
    "profile with gaps": (["--profile", "gaps.toml"], "profile 'gaps' has no operation"),
    "taken folder": (["--out", "taken"], "name a new one with --out"),
}
PROBE = {
    "no shop": ([], "--target"),
    "remote shop": (["--target", "http://10.0.0.1"], "--allow-remote 10.0.0.1"),
}
GATE = {
    "missing run": (["nowhere", "--limit", "errors <= 0"], "run folder nowhere does not exist"),
    "no limit": (["unsampled"], "nothing to hold the run against"),
}
BASELINE = {
    "no output": (["unsampled"], "'-o' / '--out'"),
    "missing run": (["nowhere", "-o", "base.json"], "run folder nowhere does not exist"),
}
MANIFEST = Manifest(
    schema_version=SCHEMA_VERSION,
    name="unsampled",
    created_utc="2026-11-23T00:00:00+00:00",
    command=("bkash-bench", "compare"),
    clock="real",
    configuration=RunConfiguration(
        profile="constant",
        profile_data={},
        time_scale=1.0,
        rate_per_s=1.0,
        duration_s=1.0,
        warmup_s=0.0,
        seed=1,
        token_lifetime_s=20.0,
        land_think_s=1.0,
        approve_think_s=1.0,
        baseline="cached",
    ),
    variants=(VariantRecord("cached", (), "builtin", "http://127.0.0.1:1", "bench-cached"),),
    versions={},
    git_commit=None,
    machine={},
)
TABLE = [
    pytest.param([*command.split(), *arguments], words, id=f"{command}: {name}")
    for command, rows in (
        ("compare", COMPARE),
        ("report", REPORT),
        ("serve", SERVE),
        ("attribute", ATTRIBUTE),
        ("token-day", TOKEN_DAY),
        ("whatif", WHATIF),
        ("profile fit", FIT),
        ("crosscheck", CROSSCHECK),
        ("probe", PROBE),
        ("gate", GATE),
        ("baseline", BASELINE),
    )
    for name, (arguments, words) in rows.items()
]


@pytest.fixture
def furnished(household):
    """A working directory with everything that can be wrong with a file."""
    folder = household.folder
    (folder / "broken.toml").write_text("name = 'x'\n= 3\n")
    (folder / "unknown.toml").write_text("[compare]\nrat = 4\n")
    (folder / "nan.toml").write_text("[compare]\nrate = nan\n")
    (folder / "flag.toml").write_text("[variants]\nmine = ['warp']\n")
    for name, value_s in (("gaps", 1.0), ("absurd", 1e12)):
        (folder / f"{name}.toml").write_text(
            f'[operations.create_payment]\nkind = "constant"\nvalue_s = {value_s}\n'
        )
    (folder / "day.csv").write_text("time,shoppers\n9,40\n")
    (folder / "calls.csv").write_text("operation,seconds\ncreate_payment,1\n")
    (folder / "taken").mkdir()
    (folder / "taken" / "file").touch()
    for name, text in (
        ("future", json.dumps({"schema_version": 99})),
        ("torn", '{"schema_version": 1, "na'),
    ):
        (folder / name).mkdir()
        (folder / name / "manifest.json").write_text(text)
    RunFolder.create(folder / "unsampled", MANIFEST)
    return household


@pytest.mark.parametrize(("arguments", "words"), TABLE)
def test_bad_input_is_one_line_that_says_what_to_do(furnished, arguments, words):
    """Each mistake is one line on standard error, status 2; no process, no file, no traceback."""
    before = sorted(furnished.folder.rglob("*"))
    done = furnished.bench(*arguments)
    check_refusal(done, words)
    assert sorted(furnished.folder.rglob("*")) == before
    assert list(furnished.temporary.iterdir()) == []
    assert furnished.members() == []


@pytest.mark.parametrize(
    "arguments",
    [["compare", "--mock-port"], ["serve", "--variant", "cached", "--port"]],
    ids=["compare", "serve"],
)
def test_port_in_use_is_one_line_that_says_what_to_do(furnished, arguments):
    """A port that somebody listens on already is refused before anything is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = furnished.bench(*arguments, port)
    check_refusal(done, port)
    assert not (furnished.folder / "runs").exists()


def check_refusal(done, words):
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: ")
    assert words in line
    assert "Traceback" not in line
