"""Laws of the manifest."""

import msgspec

from harness.rundata import SCHEMA_VERSION, Manifest, RunConfiguration, VariantRecord

MANIFEST = Manifest(
    schema_version=SCHEMA_VERSION,
    name="compare",
    created_utc="2026-11-23T02:00:00+00:00",
    command=("bkash-bench", "compare"),
    clock="real",
    configuration=RunConfiguration(
        profile="constant",
        profile_data={"name": "constant", "operations": {}},
        time_scale=1.0,
        rate_per_s=4.0,
        duration_s=60.0,
        warmup_s=5.0,
        seed=1,
        token_lifetime_s=20.0,
        land_think_s=3.0,
        approve_think_s=4.0,
        baseline="sequential",
    ),
    variants=(VariantRecord("sequential", (), "builtin", "http://127.0.0.1:1", "sequential"),),
    versions={"python": "3.11"},
    git_commit=None,
    machine={"cores": 2},
)


def test_manifest_survives_json():
    """What is written is what is read, tuples and None included."""
    assert msgspec.json.decode(msgspec.json.encode(MANIFEST), type=Manifest) == MANIFEST
