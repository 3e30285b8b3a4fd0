"""Profiles from TOML."""

from pathlib import Path

import pytest

from mock_bkash.latency import Lognormal, ProfileError, Tail, load_profile, profile_names, source


@pytest.mark.parametrize("name", profile_names())
def test_built_in_profiles_load_by_their_name(name: str):
    """Each is named as it is asked for."""
    assert load_profile(name).name == name


def test_the_documented_example_loads(tmp_path: Path):
    """The file that the documentation shows is one that works."""
    file = tmp_path / "mine.toml"
    file.write_text(
        """
name = "mine"
[operations.create_payment]
kind = "lognormal"
median_s = 1.05
p95_s = 1.35
tail = {probability = 0.01, factor = 5}
[operations.query_payment]
kind = "uniform"
low_s = 1
high_s = 2
[network]
gateway_round_trip_s = 0.04
"""
    )
    profile = load_profile(str(file))
    assert profile.name == "mine"
    create = profile.operations["create_payment"]
    assert (create.shape, create.tail) == (Lognormal(1.05, 1.35), Tail(0.01, 5))
    assert profile.median_s("query_payment") == 1.5
    assert profile.network.gateway_round_trip_s == 0.04
    assert profile.network.shopper_round_trip_s == 0.0


def test_an_empty_file_is_a_profile_without_delays(tmp_path: Path):
    """It is called by its file."""
    file = tmp_path / "nothing.toml"
    file.write_text("")
    assert load_profile(str(file)).to_dict() == {
        "name": "nothing",
        "operations": {},
        "network": {"gateway_round_trip_s": 0.0, "shopper_round_trip_s": 0.0},
    }


def test_measured_samples_are_found_beside_the_profile(tmp_path: Path):
    """Comments and empty lines are passed over."""
    (tmp_path / "create.txt").write_text("# seconds\n1.5\n\n0.5\n1.0\n")
    file = tmp_path / "measured.toml"
    file.write_text('[operations.create_payment]\nkind = "empirical"\nfile = "create.txt"\n')
    assert load_profile(str(file)).median_s("create_payment") == 1.0


def test_a_lognormal_may_be_given_by_its_p99(tmp_path: Path):
    """Where that is the figure a team has."""
    file = tmp_path / "p99.toml"
    file.write_text(CREATE + 'kind = "lognormal"\nmedian_s = 1\np99_s = 3\n')
    shape = load_profile(str(file)).operations["create_payment"].shape
    assert shape.quantile_s(0.99) == pytest.approx(3.0)


CREATE = "[operations.create_payment]\n"
CONSTANT = CREATE + 'kind = "constant"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = \n", r"bad\.toml: .*at line 1, column 8"),
        ("[operations]\n[operations]\n", r"bad\.toml: .*at line 2"),
        ("colour = 1", r"bad\.toml: colour: is not known here, expected name, operations"),
        ("operation = 1", r"operation: is not known here, did you mean 'operations'\?"),
        ('name = ""', "name: must be a text that is not empty, got ''"),
        ("name = 3", "name: must be a text that is not empty, got 3"),
        ("operations = 3", "operations: must be a table, got 3"),
        ("operations = {create_payment = 3}", r"operations\.create_payment: must be a table"),
        ("[operations.create_paymnt]", r"create_paymnt: is not known here, did you mean 'create_p"),
        (CREATE, r"create_payment\.kind: must be one of constant, .*empirical, got nothing"),
        (CREATE + 'kind = "normal"', r"create_payment\.kind: must be one of .*got 'normal'"),
        (CREATE + "kind = [1]", r"create_payment\.kind: must be one of"),
        (CONSTANT, r"create_payment\.value_s: must be a number, got nothing"),
        (CONSTANT + 'value_s = "1"', r"create_payment\.value_s: must be a number, got '1'"),
        (CONSTANT + "value_s = true", r"create_payment\.value_s: must be a number, got True"),
        (CONSTANT + "value_s = -1", r"create_payment\.value_s: must be a finite number, 0 or more"),
        (CONSTANT + "value_s = nan", r"value_s: must be a finite number, 0 or more, got nan"),
        (CONSTANT + "value_s = inf", r"value_s: must be a finite number, 0 or more, got inf"),
        (CONSTANT + "value_s = 1\nmedian_s = 1", r"create_payment\.median_s: is not known here"),
        (CREATE + 'kind = "lognormal"\nmedian_s = 1\np95_s = 2\np99_s = 3', r"p95_s: is not known"),
        (
            CREATE + 'kind = "lognormal"\nmedian_s = 1\np99_s = 0.5',
            r"payment\.p99_s: must be .*line 4",
        ),
        (CONSTANT + "value_s = 1\ntail = 3", r"create_payment\.tail: must be a table"),
        (CONSTANT + "value_s = 1\ntail = {factor = 3}", r"tail\.probability: must be a number"),
        (
            CONSTANT + "value_s = 1\ntail = {factor = 3, probability = 2}",
            r"create_payment\.tail\.probability: must be in \[0, 1\], got 2",
        ),
        (
            CONSTANT + "value_s = 1\ntail = {factor = 3, probability = 1, x = 1}",
            r"create_payment\.tail\.x: is not known here",
        ),
        (CREATE + 'kind = "empirical"', r"create_payment\.file: must name a text file"),
        (CREATE + 'kind = "empirical"\nfile = "none.txt"', r"file: cannot read .*none\.txt"),
        (CREATE + 'kind = "empirical"\nfile = "word.txt"', r"word\.txt:2: must be a number of"),
        (CREATE + 'kind = "empirical"\nfile = "void.txt"', r"file: must hold at least one value"),
        (CREATE + 'kind = "empirical"\nfile = "minus.txt"', r"file: must be .*0 or more, got -1"),
        (CREATE + 'kind = "empirical"\nfile = "long.txt"', r"file: must hold at most 2 values"),
        (CREATE + 'kind = "empirical"\nfile = "x"\nlow_s = 1', r"low_s: is not known here"),
        ("network = 1", "network: must be a table"),
        ("[network]\nloss = 1", r"network\.loss: is not known here"),
        ("[network]\ngateway_round_trip_s = -1", r"network\.gateway_round_trip_s: must be"),
        ("[network]\ngateway_round_trip_s = 'x'", r"network\.gateway_round_trip_s: must be a num"),
    ],
)
def test_a_broken_file_is_told_by_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
):
    """The message names file and line, or the field, what is expected and what stands there."""
    monkeypatch.setattr(source, "MAX_EMPIRICAL_VALUES", 2)
    (tmp_path / "word.txt").write_text("1\ntwo\n")
    (tmp_path / "void.txt").write_text("\n")
    (tmp_path / "minus.txt").write_text("-1\n")
    (tmp_path / "long.txt").write_text("1\n2\n3\n")
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ProfileError, match=message) as caught:
        load_profile(str(file))
    assert "\n" not in str(caught.value)


def test_an_unknown_name_lists_the_known_ones():
    """The mend stands in the message."""
    with pytest.raises(ProfileError, match="unknown profile 'quick': give one of constant, fast"):
        load_profile("quick")


def test_a_missing_file_is_told(tmp_path: Path):
    """With the reason of the system."""
    with pytest.raises(ProfileError, match=r"cannot read profile .*No such file"):
        load_profile(str(tmp_path / "none.toml"))


def test_a_binary_file_is_told(tmp_path: Path):
    """A profile is text."""
    file = tmp_path / "bad.toml"
    file.write_bytes(b"name = '\xff'")
    with pytest.raises(ProfileError, match="is not UTF-8 text"):
        load_profile(str(file))
