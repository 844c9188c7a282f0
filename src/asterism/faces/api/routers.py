"""The areas of the API, each a router."""

from typing import Final

from ninja import Router

from asterism.faces.api import tokens, webhooks

ROUTERS: Final[dict[str, Router]] = {
    "/tokens": tokens.router,
    "/webhooks": webhooks.router,
}
"""Prefix of the address → router."""
