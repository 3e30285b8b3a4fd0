"""Settings: the same from the lab's plan and from Locust's command line."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ConfigurationError
from harness.load import LoadPlan, PlanVariant
from scenarios.settings import Settings, plan_settings, stock_settings

OPTIONS: dict[str, Any] = {
    "bkash_target": "merchant",
    "bkash_seed": 3,
    "land_think": 2.0,
    "approve_think": 1.0,
    "request_timeout": 60.0,
    "stage_stats": "on",
}


def stock(
    host: str | None = "http://127.0.0.1:8000/",
    *,
    allowed: tuple[str, ...] = (),
    samples: Path | None = None,
    **changes: Any,
) -> Settings:
    options = Namespace(**{**OPTIONS, **changes})
    return stock_settings(options, host=host, allowed_hosts=allowed, samples=samples)


def plan(out: Path, url: str = "http://127.0.0.1:1", **changes: Any) -> LoadPlan:
    variant = PlanVariant(name="cached", url=url)
    return LoadPlan(variants=(variant,), out=str(out), rate_per_s=1, duration_s=1, **changes)


def test_plan_says_everything(tmp_path: Path) -> None:
    """Scale, limits, seed and folder come from the plan; Locust's table names the variants."""
    settings = plan_settings(plan(tmp_path, time_scale=0.5, seed=8, request_timeout_s=40))
    assert [(shop.name, shop.url) for shop in settings.shops] == [("cached", "http://127.0.0.1:1")]
    assert (settings.time_scale, settings.request_timeout_s) == (0.5, 20)
    assert (settings.crowd.seed, settings.samples) == (8, tmp_path)
    assert settings.label_variants


def test_command_line_says_everything() -> None:
    """One shop, real time, stages shown."""
    settings = stock()
    assert settings.shops[0].url == "http://127.0.0.1:8000"
    assert (settings.time_scale, settings.crowd.seed) == (1.0, 3)
    assert settings.samples is None
    assert settings.show_stages
    assert not stock(stage_stats="off").show_stages


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"host": None}, "no shop to load; name it with --host", id="no host"),
        pytest.param({"host": ""}, "no shop to load", id="empty host"),
        pytest.param({"host": "https://shop.example"}, "--allow-remote shop.example", id="remote"),
        pytest.param({"host": "127.0.0.1:8000"}, "not an http", id="no scheme"),
        pytest.param({"bkash_target": "nope"}, "unknown target 'nope'", id="target"),
        pytest.param({"land_think": -1.0}, "--land-think -1.0", id="negative pause"),
        pytest.param({"approve_think": float("nan")}, "--approve-think nan", id="no number"),
        pytest.param({"request_timeout": 0.0}, "--request-timeout 0.0", id="no time"),
        pytest.param({"samples": Path("/nonexistent")}, "is not a folder", id="folder"),
    ],
)
def test_wrong_command_line_is_refused(changes: dict[str, Any], complaint: str) -> None:
    """The message names the argument and what to do."""
    with pytest.raises(ConfigurationError, match=complaint):
        stock(**changes)


def test_remote_host_is_loaded_once_it_was_repeated() -> None:
    """The same name, said twice, is meant."""
    settings = stock("https://Shop.Example/", allowed=("SHOP.example",))
    assert settings.shops[0].url == "https://Shop.Example"


def test_plan_to_elsewhere_is_refused(tmp_path: Path) -> None:
    """The lab's plan needs the same permission, and a folder to write to."""
    with pytest.raises(ConfigurationError, match=r"shop\.example is not this machine"):
        plan_settings(plan(tmp_path, "https://shop.example"))
    assert plan_settings(
        plan(tmp_path, "https://shop.example", allowed_hosts=("shop.example",))
    ).shops
    with pytest.raises(ConfigurationError, match="does not exist"):
        plan_settings(plan(tmp_path / "none"))
