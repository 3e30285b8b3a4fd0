"""Laws of the options of `attribute`."""

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.study import course


@pytest.fixture
def asked(monkeypatch):
    """What the command asks for, instead of simulating it."""
    seen = {}

    def carry_out(study, wish, page):
        seen.update(study=study, wish=wish, page=page)
        return 0

    monkeypatch.setattr(course, "carry_out", carry_out)

    def run(*arguments):
        seen.clear()
        seen["result"] = CliRunner().invoke(main, ["attribute", *arguments])
        return seen

    return run


def test_command_line_reaches_the_study(asked):
    """Every option arrives, converted."""
    seen = asked(
        *("--optimizations", "prefetch,timeouts", "--base", "token_cache", "--traffic", "quiet"),
        *("--profile", "constant", "--payments", "50", "--seed", "9", "--jobs", "3"),
        *("--out", "here", "--json", "--quiet", "--open"),
    )
    assert seen["result"].exit_code == 0, seen["result"].stderr
    study, wish = seen["study"], seen["wish"]
    assert study.optimizations == ("prefetch", "timeouts")
    assert study.base == ("token_cache",)
    ((kind, scenario),) = study.traffic
    assert (kind.name, scenario.profile.name) == ("quiet", "constant")
    assert (study.payments, study.seed) == (50, 9)
    assert (wish.jobs, str(wish.out)) == (3, "here")
    assert (wish.as_json, wish.quiet, wish.open_report) == (True, True, True)


def test_without_options_it_is_the_guides_six_under_all_traffic(asked):
    """The default answers the guide's own claims, on its own "before"."""
    seen = asked()
    study, wish = seen["study"], seen["wish"]
    assert [flag.value for flag in study.optimizations] == [
        "token_cache",
        "early_refresh",
        "parallel_validation",
        "prefetch",
        "timeouts",
        "background_refresh",
    ]
    assert study.base == ()
    profiles = {kind.name: scenario.profile.name for kind, scenario in study.traffic}
    assert list(profiles) == ["quiet", "normal", "burst", "flaky"]
    assert profiles["quiet"] == "guide"
    assert (study.payments, wish.jobs) == (2000, None)
    assert wish.out.name.endswith("-attribute")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--optimizations", "warp_drive"], "unknown optimization 'warp_drive'"),
        (["--base", "warp_drive"], "--base: unknown optimization 'warp_drive'"),
        (["--optimizations", "prefetch,prefetch"], "'prefetch' is named twice"),
        (["--optimizations", ""], "a name is empty"),
        (["--base", "prefetch"], "prefetch is in --base"),
        (["--traffic", "rush"], "unknown kind 'rush'"),
        (["--payments", "1"], "'--payments'"),
        (["--payments", "many"], "'--payments'"),
        (["--payments", "nan"], "'--payments'"),
        (["--payments", "-5"], "'--payments'"),
        (["--payments", "30000", "--traffic", "quiet"], "the virtual clock ends"),
        (["--profile", "nosuch"], "nosuch"),
        (["--profile", "fast"], "'fast' has no operation"),
        (["--jobs", "0"], "'--jobs'"),
        (["--seed", "-1"], "'--seed'"),
        (
            [
                "--optimizations",
                "token_store,token_cache,early_refresh,parallel_validation,prefetch,timeouts,"
                "background_refresh,pooled_connections,batched_queries",
            ],
            "--optimizations names 9",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(asked, arguments, said):
    """Exit status 2, one line that names the option, and nothing is simulated."""
    seen = asked(*arguments)
    assert seen["result"].exit_code == 2
    (line,) = seen["result"].stderr.splitlines()
    assert said in line
    assert "study" not in seen
