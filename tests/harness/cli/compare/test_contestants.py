"""Laws of gathering who takes part."""

import socket
from dataclasses import replace

import pytest

from harness.cli.compare.contestants import gather_contestants, require_answer
from harness.errors import ConfigurationError

URL = "http://127.0.0.1:3000"


def test_variants_come_in_the_order_asked_for(settings):
    """Each has its flags and an app key of its own."""
    gathered = gather_contestants(replace(settings, variants=("cached", "sequential")))
    assert [record.name for record in gathered.records] == ["cached", "sequential"]
    assert gathered.records[0].optimizations == ("token_store", "token_cache", "early_refresh")
    assert [record.app_key for record in gathered.records] == ["bench-cached", "bench-sequential"]
    assert {record.kind for record in gathered.records} == {"builtin"}


def test_targets_come_after_ours_with_key_and_file(settings, tmp_path):
    """A target is known by its name, its file, and the app key that it calls the mock with."""
    (tmp_path / "shop.toml").write_text(
        'name = "s"\nland = "GET /"\nmake_payment = "POST /pay"\nredirect_url = "url"\n'
    )
    gathered = gather_contestants(
        replace(
            settings,
            targets=(f"shop={URL},{tmp_path / 'shop.toml'}", f"other={URL},guide-nextjs"),
            target_keys=("shop=their-key",),
        )
    )
    shop, other = gathered.records[2:]
    assert (shop.kind, shop.target, shop.app_key) == ("target", URL, "their-key")
    assert (other.kind, other.app_key) == ("target", "other")
    assert gathered.target_files == {
        "shop": str(tmp_path / "shop.toml"),
        "other": "guide-nextjs",
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"variants": ("fast",)}, "unknown variant 'fast'"),
        ({"variants": (), "targets": ()}, "nothing to compare"),
        ({"targets": (f"cached={URL}",)}, "'cached' names two variants"),
        ({"targets": (f"shop={URL}", f"shop={URL}")}, "'shop' names two variants"),
        ({"targets": ("shop=http://shop.example",)}, "--allow-remote shop.example"),
        ({"target_keys": ("shop=key",)}, "names no --target"),
        ({"targets": (f"shop={URL}",), "target_keys": ("shop",)}, "is not NAME=APP_KEY"),
        ({"targets": (f"shop={URL},none.toml",)}, "none.toml"),
    ],
)
def test_mistakes_are_named(settings, changes, message):
    """Whatever cannot take part is said before anything is started."""
    with pytest.raises(ConfigurationError, match=message):
        gather_contestants(replace(settings, **changes))


@pytest.mark.real_time
def test_target_must_listen(settings, reserve_port):
    """A connection is enough, and nobody there is an error that says what to do."""
    port = reserve_port()
    with socket.create_server(("127.0.0.1", port)):
        url = f"http://127.0.0.1:{port}"
        (record,) = gather_contestants(
            replace(settings, variants=(), targets=(f"shop={url}",))
        ).records
        require_answer(record)
    with pytest.raises(ConfigurationError, match="start it first"):
        require_answer(record)
