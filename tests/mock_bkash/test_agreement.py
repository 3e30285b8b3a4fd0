"""Agreements."""

from mock_bkash.agreement import Agreement, Agreements, AgreementState


def agreement(number: int, *, wallet: str = "01770618575", reference: str = "r") -> Agreement:
    return Agreement(
        agreement_id=f"A{number}",
        payment_id=f"AG{number}",
        payer_reference=reference,
        wallet=wallet,
        by_shopper=True,
        created_ms=1,
        executed_ms=2,
    )


def test_an_agreement_is_found_by_its_id_and_by_its_parties():
    """A wallet and a reference are what makes two agreements the same."""
    agreements = Agreements(capacity=9)
    one, other = agreement(1), agreement(2, reference="other")
    agreements.add(one)
    agreements.add(other)
    assert agreements.find("A1") is one
    assert agreements.find("A9") is None
    assert agreements.between(wallet=one.wallet, payer_reference="r") is one
    assert agreements.between(wallet="01929918378", payer_reference="r") is None
    assert agreements.all() == (one, other)


def test_a_cancelled_agreement_is_found_and_binds_nobody():
    """Its parties may agree anew."""
    agreements = Agreements(capacity=9)
    old, new = agreement(1), agreement(2)
    agreements.add(old)
    agreements.cancel(old, now_ms=7)
    assert (old.state, old.cancelled_ms) == (AgreementState.CANCELLED, 7)
    assert agreements.between(wallet=old.wallet, payer_reference="r") is None
    agreements.add(new)
    assert agreements.find("A1") is old
    assert agreements.between(wallet=old.wallet, payer_reference="r") is new


def test_the_oldest_agreement_makes_room():
    """And the parties of a newer one stay bound."""
    agreements = Agreements(capacity=2)
    for number in (1, 2, 3):
        agreements.add(agreement(number))
    assert len(agreements) == 2
    assert agreements.find("A1") is None
    bound = agreements.between(wallet="01770618575", payer_reference="r")
    assert bound is agreements.find("A3")


def test_an_ended_agreement_may_be_taken_in():
    """As from a file that outlived the mock."""
    ended = agreement(1)
    ended.cancelled_ms = 5
    agreements = Agreements(capacity=2)
    agreements.add(ended)
    assert agreements.between(wallet=ended.wallet, payer_reference="r") is None
