"""Laws of the settings: no secret in a repr, no merchant that cannot run."""

from pathlib import Path
from typing import Any

import pytest

from harness.client import Credentials
from harness.merchant import BUILTIN, MerchantSettings


def settings(**changes: Any) -> MerchantSettings:
    fields: dict[str, Any] = {
        "variant": BUILTIN["cached"],
        "gateway_url": "http://127.0.0.1:8700/v1.2.0-beta",
        "credentials": Credentials("key", "app-secret", "user", "pass-word"),
        "database_path": Path("x"),
        "public_url": "http://127.0.0.1:8800",
        "cron_secret": "cron-secret",
    }
    return MerchantSettings(**{**fields, **changes})


def test_a_repr_shows_no_secret():
    """Settings are printed when something goes wrong."""
    shown = repr(settings())
    assert not any(secret in shown for secret in ("app-secret", "pass-word", "cron-secret"))


@pytest.mark.parametrize("time_scale", [0.0, -1.0, float("inf"), float("nan")])
def test_a_time_scale_is_a_finite_number_above_zero(time_scale: float):
    """Time neither stands still nor runs backwards."""
    with pytest.raises(ValueError, match="time_scale"):
        settings(time_scale=time_scale)


@pytest.mark.parametrize("public_url", ["", "shop.test", "javascript:alert(1)"])
def test_a_public_url_is_an_origin(public_url: str):
    """bKash sends shoppers there."""
    with pytest.raises(ValueError, match="public_url"):
        settings(public_url=public_url)
