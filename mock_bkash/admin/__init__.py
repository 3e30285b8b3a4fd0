"""The admin API under `/_mock/`: what tests and the lab ask a mock that no merchant may ask.

It reads and moves the state that the gateway keeps, and shows neither tokens nor secrets.
"""

from mock_bkash.admin.interface import admin_document
from mock_bkash.admin.routes import admin_routes, create_admin

__all__ = ["admin_document", "admin_routes", "create_admin"]
