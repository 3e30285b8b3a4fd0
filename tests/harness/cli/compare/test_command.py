"""Laws of the options of `compare`."""

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.cli.compare import comparison


@pytest.fixture
def asked(monkeypatch):
    """What the command asks for, instead of running it."""
    seen = {}

    def compare(settings, **how):
        seen.update(settings=settings, **how)
        return 0

    monkeypatch.setattr(comparison, "compare", compare)

    def run(*arguments):
        seen.clear()
        seen["result"] = CliRunner().invoke(main, ["compare", *map(str, arguments)])
        return seen

    return run


def test_command_line_reaches_the_settings(asked):
    """Every option arrives, converted."""
    seen = asked(
        *("--variants", "cached,stored", "--profile", "fast", "--rate", "2", "--duration", "30"),
        *("--time-scale", "0.5", "--seed", "9", "--token-lifetime", "10", "--mock-port", "8701"),
        *("--baseline", "stored", "--out", "here", "--target", "a=http://127.0.0.1:1"),
        *("--target", "b=http://127.0.0.1:2", "--target-key", "a=k", "--allow-remote", "h"),
        *("--json", "--quiet", "--open"),
    )
    assert seen["result"].exit_code == 0, seen["result"].stderr
    settings = seen["settings"]
    assert settings.variants == ("cached", "stored")
    assert (settings.rate_per_s, settings.duration_s, settings.time_scale) == (2.0, 30.0, 0.5)
    assert (settings.seed, settings.token_lifetime_s, settings.mock_port) == (9, 10.0, 8701)
    assert (settings.baseline, str(settings.out)) == ("stored", "here")
    assert settings.targets == ("a=http://127.0.0.1:1", "b=http://127.0.0.1:2")
    assert (settings.target_keys, settings.allow_remote) == (("a=k",), ("h",))
    assert (seen["as_json"], seen["quiet"], seen["open_report"]) == (True, True, True)


def test_config_sets_what_the_command_line_does_not(asked, tmp_path):
    """The command line wins over the file, the file over the default."""
    path = tmp_path / "mine.toml"
    path.write_text(
        "[compare]\nrate = 2\nduration = 30\nvariants = ['cached']\nquiet = true\n"
        "target = ['a=http://127.0.0.1:1']\n[variants]\nmine = ['token_cache']\n"
    )
    seen = asked("--config", path, "--rate", "3")
    assert seen["result"].exit_code == 0, seen["result"].stderr
    settings = seen["settings"]
    assert (settings.rate_per_s, settings.duration_s) == (3.0, 30.0)
    assert settings.variants == ("cached",)
    assert settings.targets == ("a=http://127.0.0.1:1",)
    assert settings.variants_file == path
    assert seen["quiet"] is True


def test_config_may_name_one_of_a_repeatable_option_without_brackets(asked, tmp_path):
    """A text is one limit, not as many as it has letters."""
    path = tmp_path / "mine.toml"
    path.write_text("[compare]\nbaseline = 'stored'\nlimit = 'guide'\n")
    seen = asked("--config", path, "--baseline", "stored", "--baseline", "base.json")
    assert seen["result"].exit_code == 0, seen["result"].stderr
    settings = seen["settings"]
    assert settings.baseline == "stored"
    assert (settings.gate.limits, str(settings.gate.baseline)) == (("guide",), "base.json")
    assert asked("--config", path)["settings"].baseline == "stored"


def test_config_is_checked_like_the_command_line(asked, tmp_path):
    """A value that an option refuses is refused from a file too."""
    path = tmp_path / "mine.toml"
    path.write_text("[compare]\nrate = -1\n")
    result = asked("--config", path)["result"]
    assert result.exit_code == 2
    assert "-1 is not a number of payments per second" in result.stderr


def test_help_tells_exit_statuses_and_examples(asked):
    """--help is enough to use the command."""
    text = asked("--help")["result"].stdout
    assert "13 the ledger audit found" in text
    assert "bkash-bench compare --time-scale 0.1" in text
