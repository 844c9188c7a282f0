"""The HTTP API: the desk for programs; tokens with scopes, problem+json, pages of results, one answer per key."""

from asterism.faces.api.setup import api

__all__ = ["api"]
