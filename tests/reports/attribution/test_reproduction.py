"""Laws of how to run an attribution again."""

from reports.attribution.reproduction import attribution_reproduction, base_words


def test_the_command_can_be_copied(six):
    """Quoted as a shell wants it."""
    assert attribution_reproduction(six).command == "bkash-bench attribute --out 'my runs/a'"


def test_facts_name_what_numbers_depend_on(six):
    """Seed, optimizations, cells, machine, versions."""
    facts = dict(attribution_reproduction(six).facts)
    assert facts["seed"] == "1"
    assert facts["payments"] == "1,200 in each of 192 cells"
    assert facts["machine"] == "any, 2 cores"
    assert facts["commit"] == "not from a checkout"


def test_each_profile_is_told_once(six):
    """Guide and flaky, with their waits in words."""
    profiles = dict(attribution_reproduction(six).profiles)
    assert list(profiles) == ["guide", "flaky"]
    assert dict(profiles["guide"])["token_grant"].startswith("median 2 s")


def test_the_base_is_told_in_words(six, make_record):
    """Nothing is something to be said, too."""
    assert "nothing is on" in base_words(six)
    assert base_words(make_record(kinds=("normal",), base=("token_store",))) == (
        "token_store (on in every set)"
    )
