"""Laws of the options of `attribute`."""

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.attribute import course as attribute_course


@pytest.fixture
def asked(monkeypatch):
    """What the command asks for, instead of simulating it."""
    seen = {}

    def attribute(settings, **how):
        seen.update(settings=settings, **how)
        return 0

    monkeypatch.setattr(attribute_course, "attribute", attribute)

    def run(*arguments):
        seen.clear()
        seen["result"] = CliRunner().invoke(main, ["attribute", *arguments])
        return seen

    return run


def test_command_line_reaches_the_settings(asked):
    """Every option arrives, converted."""
    seen = asked(
        *("--optimizations", "prefetch,timeouts", "--base", "token_cache", "--traffic", "quiet"),
        *("--profile", "constant", "--payments", "50", "--seed", "9", "--jobs", "3"),
        *("--out", "here", "--json", "--quiet", "--open"),
    )
    assert seen["result"].exit_code == 0, seen["result"].stderr
    settings = seen["settings"]
    assert settings.optimizations == ("prefetch", "timeouts")
    assert settings.base == ("token_cache",)
    assert [kind.name for kind in settings.traffic] == ["quiet"]
    assert (settings.profile, settings.payments) == ("constant", 50)
    assert (settings.seed, settings.jobs, str(settings.out)) == (9, 3, "here")
    assert (seen["as_json"], seen["quiet"], seen["open_report"]) == (True, True, True)


def test_without_options_it_is_the_guides_six_under_all_traffic(asked):
    """The default answers the guide's own claims, on its own "before"."""
    settings = asked()["settings"]
    assert [flag.value for flag in settings.optimizations] == [
        "token_cache",
        "early_refresh",
        "parallel_validation",
        "prefetch",
        "timeouts",
        "background_refresh",
    ]
    assert settings.base == ()
    assert [kind.name for kind in settings.traffic] == ["quiet", "normal", "burst", "flaky"]
    assert (settings.profile, settings.payments, settings.jobs) == ("guide", 2000, None)
    assert settings.out.name.endswith("-attribute")


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
    assert "settings" not in seen
