"""Where fault plans come from."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from mock_bkash.fault import FaultError, Kind, Moment, load_plan, named_plan, plan_names
from mock_bkash.fault.source import plan_summary

DOCUMENTED = (Path(__file__).parents[3] / "docs" / "faults.md").read_text()


@pytest.mark.parametrize("name", plan_names())
def test_built_in_plans_load_by_their_name(name: str):
    """Each is documented and says in a sentence what it does."""
    assert load_plan(name).name == name
    assert f"`{name}`" in DOCUMENTED
    assert plan_summary(name).endswith(".")


def test_the_names_are_those_of_the_files():
    """None is forgotten, and they are sorted."""
    folder = Path(__file__).parents[3] / "mock_bkash" / "fault" / "plans"
    assert plan_names() == tuple(sorted(path.stem for path in folder.iterdir()))


def test_a_kind_is_a_plan_of_its_own():
    """With what it needs behind it."""
    (rule,) = named_plan("status;status=503;probability=0.5").rules
    assert (rule.fault.kind, rule.fault.status, rule.probability) == (Kind.STATUS, 503, 0.5)


def test_figures_can_be_put_over_those_of_a_plan():
    """Over each of its rules, and over the plan's own."""
    plan = named_plan("outage; ttl_s = 10; name = short; first=2; match.invoice=inv-*")
    assert (plan.ttl_s, plan.name) == (10.0, "short")
    assert [rule.first for rule in plan.rules] == [2, 2]
    assert [rule.match.invoice for rule in plan.rules] == ["inv-*"] * 2
    (rule,) = named_plan("reset;moment=after;operations=create_payment,callback").rules
    assert rule.fault.moment is Moment.AFTER
    assert rule.operations == {"create_payment", "callback"}
    (rule,) = named_plan("code;code=0000;operation=query_payment").rules
    assert (rule.fault.code, rule.operations) == ("0000", {"query_payment"})
    (rule,) = named_plan('alter;field=expires_in;value="3600"').rules
    assert rule.fault.value == "3600"


def test_a_plan_may_be_a_file_with_figures_over_it(tmp_path: Path):
    """It is called by the file unless it has a name."""
    file = tmp_path / "Bad Evening.toml"
    file.write_text('[[faults]]\nfault = "reset"\n')
    plan = load_plan(f"{file};probability=0.25")
    assert plan.name == "bad-evening"
    assert plan.rules[0].probability == 0.25


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("rest", r"must be one of altered-amount, .*; did you mean 'reset'\?, got 'rest'"),
        ("", r"must be one of"),
        ("reset;first", r"'first': must be field=value"),
        ("reset;frist=1", r"faults\[0\]\.frist: is not known here, did you mean 'first'"),
        ("reset;first=[1", r"first: must be a whole number .*got '\[1'"),
        ("reset;probability=" + "[" * 900, r"probability: must be a number, got '\["),
        ("reset;" + "x" * 1000, r"must be at most 1000 signs, got 1006"),
        ("status", r"faults\[0\]\.status: must be a whole number from 400 to 599, got nothing"),
    ],
)
def test_what_is_no_plan_is_told(asked: str, message: str):
    """With what was meant, perhaps."""
    with pytest.raises(FaultError, match=message):
        named_plan(asked)


def test_files_are_not_looked_at_by_name_alone():
    """What comes by a header opens no file."""
    with pytest.raises(FaultError, match="must be one of"):
        named_plan("/etc/passwd.toml")


def test_a_missing_file_is_told(tmp_path: Path):
    """With the reason of the system."""
    with pytest.raises(FaultError, match=r"cannot read fault plan .*No such file"):
        load_plan(str(tmp_path / "none.toml"))


def test_a_file_that_is_no_toml_is_told(tmp_path: Path):
    """By file and line."""
    file = tmp_path / "bad.toml"
    file.write_text("[[faults]]\nfault = \n")
    with pytest.raises(FaultError, match=r"bad\.toml: .*at line 2"):
        load_plan(str(file))
    file.write_bytes(b"name = '\xff'")
    with pytest.raises(FaultError, match="is not UTF-8 text"):
        load_plan(str(file))


def test_a_wrong_field_in_a_file_is_told_by_its_line(tmp_path: Path):
    """So that an editor can jump there."""
    file = tmp_path / "bad.toml"
    file.write_text('[[faults]]\nfault = "reset"\n\n[[faults]]\nfault = "delay"\nseconds = -3\n')
    with pytest.raises(FaultError, match=r"bad\.toml: faults\[1\]\.seconds: .*\(at line 6\)"):
        load_plan(str(file))


@given(asked=st.text(max_size=40) | st.text("reset;=,.[]{}'\"0123456789 ", max_size=60))
def test_nothing_that_is_asked_for_makes_it_stumble(asked: str):
    """A plan, or a sentence."""
    with contextlib.suppress(FaultError):
        assert named_plan(asked).rules
