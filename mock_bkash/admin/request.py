"""What an admin request names: an app key, a payment, a slice of a list. Or 400 and 404."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from mock_bkash.payment import Payment
from mock_bkash.tenant import Tenant, Tenants

__all__ = ["find_payment", "find_tenant", "read_count"]


def find_tenant(request: Request, tenants: Tenants) -> Tenant:
    """Return the tenant of `?app_key=`, which may be left out while only one is known.

    Raises:
        HTTPException: 400 if it is needed, 404 if it is not known.
    """
    app_key = request.query_params.get("app_key")
    if app_key is None:
        if len(tenants) != 1:
            detail = f"{len(tenants)} app keys are known; say which one with ?app_key="
            raise HTTPException(400, detail)
        return next(iter(tenants))
    tenant = tenants.find(app_key)
    if tenant is None:
        raise HTTPException(404, f"app key {app_key!r} was never granted a token, or was reset")
    return tenant


def find_payment(request: Request, tenants: Tenants) -> tuple[Tenant, Payment]:
    """Return the payment that the path names, and whose it is.

    Raises:
        HTTPException: 404 if there is none.
    """
    payment_id: str = request.path_params["payment_id"]
    tenant = tenants.holder_of_payment(payment_id)
    if tenant is None:
        raise HTTPException(404, f"payment {payment_id!r} is not known, or was reset")
    return tenant, tenant.payments[payment_id]


def read_count(request: Request, name: str, *, default: int, limit: int) -> int:
    """Return a whole number of the query, from 0 to `limit`.

    Raises:
        HTTPException: 400 if it is none, or beyond.
    """
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= limit):
        raise HTTPException(400, f"{name}: must be a whole number from 0 to {limit}, got {text!r}")
    return int(text)
