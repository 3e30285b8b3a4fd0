"""Choices."""

from mock_bkash.choice import CallbackForm, Quirk, TokenLimit


def test_choices_are_spelt_as_on_the_command_line():
    """Years for forms, words with hyphens for quirks."""
    assert [form.value for form in CallbackForm] == ["2026", "2023", "2020"]
    assert [limit.value for limit in TokenLimit] == ["enforce", "count", "off"]
    assert all(set(quirk) <= set("abcdefghijklmnopqrstuvwxyz-") for quirk in Quirk)
