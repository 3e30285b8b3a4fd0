"""Tokenized Checkout v1.2.0-beta: its paths, each with what it does and how it is written."""

from collections.abc import Mapping

from mock_bkash.agreement import Agreement
from mock_bkash.choice import Quirk
from mock_bkash.config import MockConfig
from mock_bkash.dialect.parts import Parts
from mock_bkash.money import format_taka
from mock_bkash.operation import (
    REFUND_V1,
    CancelAgreement,
    Created,
    CreatePayment,
    ExecutePayment,
    Found,
    GrantToken,
    LoginWire,
    Operation,
    QueryAgreement,
    QueryPayment,
    RefreshToken,
    Refunded,
    RefundPayment,
    SearchTransaction,
    SettleAuthorization,
    Sight,
    TokenIssuer,
    TokenPair,
    Wire,
)
from mock_bkash.payment import AGREEMENT, BY_AGREEMENT, Move, Payment
from mock_bkash.token import (
    LONG_REFRESH_TOKEN_LIFETIME_S,
    REFRESH_TOKEN_LIFETIME_S,
    TokenMint,
)
from mock_bkash.wire import tokenized as spelling

__all__ = ["tokenized_routes"]


def tokenized_routes(parts: Parts) -> Mapping[str, Operation]:
    """Return the operations by path."""
    operations = (*_token_operations(parts), *_payment_operations(parts), *_later(parts))
    by_name = {operation.name: operation for operation in operations}
    return {path: by_name[name] for path, name in spelling.PATHS.items()}


def _token_operations(parts: Parts) -> tuple[Operation, ...]:
    config, tenants = parts.config, parts.tenants
    long = parts.has(Quirk.REFRESH_THIRTY_DAYS)
    issuer = TokenIssuer(
        mint=TokenMint(parts.identifiers),
        lifetime_s=config.token_lifetime_s,
        limit=config.token_limit,
        refresh_lifetime_s=LONG_REFRESH_TOKEN_LIFETIME_S if long else REFRESH_TOKEN_LIFETIME_S,
        refreshes_count=not parts.has(Quirk.BUDGET_GRANTS_ONLY),
    )
    as_text = parts.has(Quirk.TEXT_EXPIRES_IN)

    def write(pair: TokenPair) -> bytes:
        return spelling.write_granted(
            expires_in_s=pair.expires_in_s,
            id_token=pair.id_token,
            refresh_token=pair.refresh_token,
            as_text=as_text,
        )

    wire = LoginWire(
        spelling.read_credentials, write, spelling.write_refusal, spelling.write_unrecognized
    )
    return (
        GrantToken(tenants=tenants, issuer=issuer, wire=wire),
        RefreshToken(tenants=tenants, issuer=issuer, wire=wire),
    )


def _payment_operations(parts: Parts) -> tuple[Operation, ...]:
    config, identifiers = parts.config, parts.identifiers
    create = CreatePayment(
        identifiers=identifiers,
        approve=config.approve,
        public_url=config.public_url,
        needs_reference=not parts.has(Quirk.OPTIONAL_PAYER_REFERENCE),
    )
    execute = ExecutePayment(identifiers=identifiers, not_approved_code=config.not_approved_code)
    payer_fields = parts.has(Quirk.PAYER_FIELDS)

    def write_executed(sight: Sight) -> bytes:
        if sight.agreement is not None:
            return spelling.write_agreement_executed(sight.agreement)
        return spelling.write_executed(sight.payment, payer_fields=payer_fields)

    no = spelling.write_refusal
    error = spelling.write_error if parts.has(Quirk.ERROR_CODE_KEYS) else no
    no_search = parts.has(Quirk.NO_SEARCH)
    search = SearchTransaction(works=not no_search)
    not_found = spelling.write_refusal_of_2019 if no_search else no
    return (
        parts.guarded(create, Wire(spelling.read_create, _CreatedWriter(config), error)),
        parts.guarded(execute, Wire(spelling.read_payment, write_executed, error)),
        parts.guarded(QueryPayment(), Wire(spelling.read_payment, _write_queried, no)),
        parts.guarded(search, Wire(spelling.read_search, _write_found, not_found)),
    )


def _later(parts: Parts) -> tuple[Operation, ...]:
    no = spelling.write_refusal
    refund = RefundPayment(identifiers=parts.identifiers, terms=REFUND_V1)
    settled: Wire[spelling.PaymentBody, Payment]
    settled = Wire(spelling.read_payment, spelling.write_settled, no)
    consent: Wire[spelling.AgreementBody, Agreement]
    consent = Wire(spelling.read_agreement, spelling.write_agreement, no)
    return (
        parts.guarded(refund, Wire(spelling.read_refund, _write_refunded, no)),
        parts.guarded(SettleAuthorization(Move.CAPTURE), settled),
        parts.guarded(SettleAuthorization(Move.VOID), settled),
        parts.guarded(QueryAgreement(), consent),
        parts.guarded(CancelAgreement(), consent),
    )


class _CreatedWriter:
    """Write the answer to create, with the address of the customer page."""

    def __init__(self, config: MockConfig) -> None:
        self._form = config.callback_form
        self._hides_page = Quirk.NO_AGREEMENT_PAGE in config.quirks
        newer = Quirk.PAGE_LINK_2025 in config.quirks
        self._page_link = spelling.page_link_of_2025 if newer else spelling.page_link

    def __call__(self, created: Created) -> bytes:
        payment = created.payment
        page_url = self._page_link(
            origin=created.origin,
            payment_id=payment.payment_id,
            page_hash=created.page_hash,
            mode=payment.mode,
            epoch_ms=payment.created_ms,
        )
        if payment.mode == AGREEMENT:
            return spelling.write_agreement_created(payment, page_url=page_url, form=self._form)
        hidden = self._hides_page and payment.mode == BY_AGREEMENT
        shown = None if hidden else page_url
        return spelling.write_created(payment, page_url=shown, form=self._form)


def _write_queried(sight: Sight) -> bytes:
    if sight.payment.mode == AGREEMENT:
        return spelling.write_agreement_queried(sight.payment, sight.agreement)
    return spelling.write_queried(sight.payment, sight.agreement)


def _write_found(found: Found) -> bytes:
    if found.refund is not None:
        return spelling.write_found_refund(found.payment, found.refund)
    return spelling.write_found(found.payment, refundable=format_taka(found.refundable_poisha))


def _write_refunded(refunded: Refunded) -> bytes:
    return spelling.write_refunded(refunded.payment, refunded.refund)
