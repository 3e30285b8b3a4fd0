"""State per app key."""

import pytest

from mock_bkash import MockConfig, load_profile, tenant as tenant_module
from mock_bkash.tenant import Credentials, Recognition, Tenants, TooManyTenants

CONFIG = MockConfig(profile=load_profile("fast"))


def credentials(username: str = "u", password: bytes = b"p", secret: str = "s") -> Credentials:
    return Credentials.of(username=username, password=password, app_secret=secret)


@pytest.mark.parametrize(
    ("presented", "recognition"),
    [
        (credentials(), Recognition.KNOWN),
        (credentials(username="v"), Recognition.OTHER_USERNAME),
        (credentials(password=b"q"), Recognition.OTHER_SECRET),
        (credentials(secret="t"), Recognition.OTHER_SECRET),
        (credentials(username="v", secret="t"), Recognition.OTHER_USERNAME),
    ],
)
def test_credentials_are_told_apart(presented: Credentials, recognition: Recognition):
    """bKash answers a wrong name and a wrong secret differently."""
    assert credentials().recognize(presented) is recognition


def test_credentials_keep_no_secret():
    """Only a digest, which does not show the password or the secret."""
    shown = repr(credentials(password=b"canary-password", secret="canary-secret"))
    assert "canary" not in shown


async def test_an_app_key_is_known_from_its_first_grant():
    """The first credentials stay, whoever comes next."""
    tenants = Tenants(CONFIG)
    opened = tenants.open("k", credentials())
    assert tenants.open("k", credentials(secret="other")) is opened
    assert opened.credentials == credentials()
    assert tenants.find("k") is opened
    assert tenants.find("l") is None
    assert [t.app_key for t in tenants] == ["k"]


async def test_tenants_are_bounded(monkeypatch: pytest.MonkeyPatch):
    """Strangers cannot fill the memory with app keys; those that are known go on."""
    monkeypatch.setattr(tenant_module, "MAX_TENANTS", 1)
    tenants = Tenants(CONFIG)
    tenants.open("k", credentials())
    with pytest.raises(TooManyTenants, match="reset some"):
        tenants.open("l", credentials())
    assert tenants.open("k", credentials()).app_key == "k"


async def test_reset_forgets_one_or_all():
    """And says whom."""
    tenants = Tenants(CONFIG)
    for app_key in ("a", "b", "c"):
        tenants.open(app_key, credentials())
    assert tenants.reset("x") == []
    assert tenants.reset("b") == ["b"]
    assert tenants.reset() == ["a", "c"]
    assert len(tenants) == 0


async def test_tokens_and_payments_lead_to_their_tenant():
    """And to nobody where there is none."""
    tenants = Tenants(CONFIG)
    one, other = tenants.open("a", credentials()), tenants.open("b", credentials())
    other.id_tokens.add("t", lifetime_s=9)
    assert tenants.holder_of(b"t") is other
    assert tenants.holder_of(b"?") is None
    assert tenants.holder_of_payment("TR1") is None
    assert len(one.payments) == 0
