"""The probe's tables: where a payment's time goes, what was looked for, the special payments."""

from harness.rundata import (
    CheckState,
    ProbeCheck,
    ProbeFigures,
    ProbePayment,
    ProbePurpose,
    ProbeRecord,
)
from reports.table import Cell, Column, Group, Table, missing, text
from reports.units import count, digits, seconds

__all__ = ["checks_table", "figures_table", "special_table"]

_PURPOSES = {
    ProbePurpose.REFUSED_TOKEN: "two at once, token refused",
    ProbePurpose.FORGED_CALLBACK: "forged callback",
    ProbePurpose.ALTERED_AMOUNT: "another amount",
    ProbePurpose.LOST_ANSWER: "execute's answer lost",
    ProbePurpose.HUNG_GATEWAY: "execute never answered",
    ProbePurpose.LAST_SECOND: "in the token's last second",
    ProbePurpose.EXPIRED_TOKEN: "after the token's end",
}

_STATES = {
    CheckState.FOUND: Cell("✗ found", tag="over"),
    CheckState.CLEAR: Cell("✓ clear", tag="improved"),
    CheckState.NOT_CHECKED: Cell("not checked", tag="none"),
}

_MS_PER_S = 1000


def figures_table(figures: ProbeFigures) -> Table:
    """Return the medians of the routine payments, in the order of a payment."""
    n = figures.payments
    rows = (
        ("make-payment", figures.make_payment_s, "until the shopper is sent to bKash"),
        ("  own time before create", figures.before_create_s, "checks, database, network"),
        ("  token calls", figures.make_payment_token_s, _tokens(figures)),
        ("  create", figures.create_s, "bKash"),
        ("  own time after it", figures.after_create_s, ""),
        ("callback", figures.callback_s, "until the shopper sees the result"),
        ("  own time before execute", figures.before_execute_s, ""),
        ("  token calls", figures.callback_token_s, "bKash"),
        ("  execute", figures.execute_s, "bKash"),
        *_queries(figures),
        ("  own time after it", figures.after_execute_s, ""),
        ("payment", figures.payment_s, "both requests"),
    )
    return Table(
        caption=f"Medians of {n} payment{'' if n == 1 else 's'}, one after the other. Indented rows"
        " make up the row above them, as nearly as medians add up.",
        columns=(Column("", numeric=False), Column("time", "s"), Column("", numeric=False)),
        groups=(Group("", tuple(_figure(*row) for row in rows)),),
    )


def _tokens(figures: ProbeFigures) -> str:
    # A shop that keeps its token asks for one in a payment out of many: the median is 0.
    if not figures.token_s or figures.make_payment_token_s or figures.callback_token_s:
        return "bKash"
    return f"bKash; asked for now and then, {seconds(figures.token_s)} per payment on average"


def _queries(figures: ProbeFigures) -> tuple[tuple[str, float | None, str], ...]:
    asked_s = figures.callback_query_s
    return (("  queries", asked_s, "bKash"),) if asked_s else ()


def _figure(name: str, value_s: float | None, note: str) -> tuple[Cell, ...]:
    shown = name.replace("  ", "\u2003")
    value = missing("No such call was seen.") if value_s is None else text(digits(value_s))
    return (text(shown), value, text(note))


def checks_table(record: ProbeRecord) -> Table:
    """Return everything that was looked for, and what came of it."""
    lesser = {finding.mistake for finding in record.findings if finding.lesser}
    rows = tuple(
        (text(check.looked_for, sub=check.mistake), _state(check, lesser), text(check.reason))
        for check in record.checks
    )
    return Table(
        caption="Names in small print are those of --fail-on.",
        columns=(
            Column("looked for", numeric=False),
            Column("", numeric=False),
            Column("what was seen", numeric=False),
        ),
        groups=(Group("", rows),),
    )


def _state(check: ProbeCheck, lesser: set[str]) -> Cell:
    if check.state is CheckState.FOUND and check.mistake in lesser:
        return Cell("○ found", tag="same")
    return _STATES[check.state]


def special_table(record: ProbeRecord) -> Table | None:
    """Return the payments that were no routine; None where there were none."""
    special = [p for p in record.payments if p.purpose is not ProbePurpose.ROUTINE]
    if not special:
        return None
    return Table(
        caption="Payments with something special, after the routine ones; they count in no figure.",
        columns=(
            Column("payment"),
            Column("what was special", numeric=False),
            Column("what its shopper saw", numeric=False),
            Column("make-payment", "s"),
            Column("callback", "s"),
            Column("calls about it", numeric=False),
        ),
        groups=(Group("", tuple(_special(payment) for payment in special)),),
    )


def _special(payment: ProbePayment) -> tuple[Cell, ...]:
    return (
        text(count(payment.number)),
        text(_PURPOSES.get(payment.purpose, payment.purpose)),
        text(_seen(payment)),
        _duration(payment, "make_payment"),
        _duration(payment, "callback"),
        text(", ".join(_call(c.operation, c.code) for c in payment.calls) or "none"),
    )


def _seen(payment: ProbePayment) -> str:
    if payment.outcome != "ok":
        return payment.error
    return "paid" if payment.paid else "turned back at bKash"


def _duration(payment: ProbePayment, name: str) -> Cell:
    request = payment.request(name)
    if request is None:
        return missing("The payment did not come so far.")
    return text(digits(request.duration_ns / 1e9))


def _call(operation: str, code: str) -> str:
    name = operation.removesuffix("_payment").replace("_", " ")
    return name if code == "0000" else f"{name} ({code})"
