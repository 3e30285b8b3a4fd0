"""OpenAPI 3.1 of the mock, made from the types and tables that it runs on.

The dialect's document is made of the wire's own types, so it cannot say what the code does not do.
That of the admin API is made in `mock_bkash.admin`, of its routes, with what is here.
"""

from mock_bkash.openapi.components import Components, Schema
from mock_bkash.openapi.gateway_api import gateway_document
from mock_bkash.openapi.plan_schema import plan_schema

__all__ = ["Components", "Schema", "gateway_document", "plan_schema"]
