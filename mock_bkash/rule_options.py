"""The options of `mock-bkash serve` that say how bKash's rules are to be read."""

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from mock_bkash.choice import CallbackForm, Quirk, TokenLimit
from mock_bkash.config import DUPLICATE_WINDOW_S, KEPT_PAYMENTS, NOT_APPROVED_CODES

__all__ = ["read_rules", "rule_options"]

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--token-limit",
        type=click.Choice([limit.value for limit in TokenLimit]),
        default=TokenLimit.COUNT.value,
        show_default=True,
        help="More than two token calls an hour: block for an hour, count in /_mock/counters, or"
        " nothing.",
    ),
    click.option(
        "--duplicate-window",
        "duplicate_window_s",
        metavar="S",
        type=float,
        default=DUPLICATE_WINDOW_S,
        show_default=True,
        help="How long a wallet that a shopper entered cannot pay the same amount again (2029);"
        " 120 is production's, 0 turns it off. Never applies with --approve auto.",
    ),
    click.option(
        "--not-approved-code",
        type=click.Choice(NOT_APPROVED_CODES),
        default=NOT_APPROVED_CODES[0],
        show_default=True,
        help="What execute answers before the shopper approved.",
    ),
    click.option(
        "--callback-form",
        type=click.Choice([form.value for form in CallbackForm]),
        default=CallbackForm.SIGNED.value,
        show_default=True,
        help="What callbacks carry beside paymentID and status, by the year it was seen.",
    ),
    click.option(
        "--quirk",
        "quirks",
        metavar="NAME",
        type=click.Choice([quirk.value for quirk in Quirk]),
        multiple=True,
        help="Follow the other source where sources disagree; may be given several times: "
        + ", ".join(Quirk)
        + ".",
    ),
    click.option(
        "--keep-payments",
        "kept_payments",
        metavar="N",
        type=click.IntRange(min=1),
        default=KEPT_PAYMENTS,
        show_default=True,
        help="Payments kept per app key; older ones are forgotten, their sums are not.",
    ),
)


def rule_options(command: Command) -> Command:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_rules(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of a `MockConfig` that the options give.

    Raises:
        click.UsageError: a value out of its range.
    """
    window_s: float = given["duplicate_window_s"]
    if not 0 <= window_s < math.inf:
        raise click.UsageError(
            f"--duplicate-window must be a finite number, 0 or more, got {window_s:g}"
        )
    return {
        **given,
        "token_limit": TokenLimit(given["token_limit"]),
        "callback_form": CallbackForm(given["callback_form"]),
        "quirks": frozenset(Quirk(name) for name in given["quirks"]),
    }
