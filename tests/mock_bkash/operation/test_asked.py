"""What operations may be asked for: the dialects' bodies have every field."""

from mock_bkash.operation import asked
from mock_bkash.wire import refund_v2, tokenized

BODIES = {
    "LoginRequest": [tokenized.CredentialsBody],
    "CreateRequest": [tokenized.CreateBody],
    "PaymentRequest": [tokenized.PaymentBody],
    "SearchRequest": [tokenized.SearchBody],
    "RefundRequest": [tokenized.RefundBody, refund_v2.RefundBody],
    "RefundStatusRequest": [refund_v2.StatusBody],
    "AgreementRequest": [tokenized.AgreementBody],
}


def test_every_request_has_a_body_in_some_dialect():
    """With all of its fields, whatever they are called on the wire."""
    assert set(BODIES) == set(asked.__all__)
    for name, bodies in BODIES.items():
        fields = {field for field in vars(getattr(asked, name)) if not field.startswith("_")}
        for body in bodies:
            assert fields <= set(dir(body)), body
