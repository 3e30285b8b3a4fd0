"""Choices."""

from mock_bkash.choice import CallbackForm, Quirk, TokenLimit


def test_choices_are_spelt_as_on_the_command_line():
    """Years for forms, words and years with hyphens for quirks."""
    assert [form.value for form in CallbackForm] == ["2026", "2023", "2020"]
    assert [limit.value for limit in TokenLimit] == ["enforce", "count", "off"]
    assert all(set(quirk) <= set("abcdefghijklmnopqrstuvwxyz-0123456789") for quirk in Quirk)
