"""The areas of the API, each a router."""

from typing import Final

from ninja import Router

ROUTERS: Final[dict[str, Router]] = {}
"""Prefix of the address → router."""
