"""The API itself: who may come in, how refusals look, and the routers by area."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from asterism.errors import AsterismError, TooMany, http_status
from asterism.store.ledger.access import seat_of_token
from asterism.store.ledger.seats import Seat


class Problem(Schema):
    """A refusal (RFC 9457): what is wrong, what to change, and the status."""

    type: str = "about:blank"
    title: str
    detail: str
    status: int
    fix: str = ""


REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 502})
"""Statuses of a refusal; each has the body of a `Problem`."""


class Bearer(HttpBearer):
    """A token in the Authorization header; its seat is what the desk is asked with."""

    def authenticate(self, request: HttpRequest, token: str) -> Seat | None:  # noqa: ARG002 — ninja passes it
        """The seat of a token, or None where there is no such token."""
        return seat_of_token(token, timezone.now())


api = NinjaAPI(
    title="Asterism",
    version="1",
    description="Plan, run and measure influencer campaigns. Tokens are made under Settings, Tokens.",
    auth=Bearer(),
    docs_url=None,
    urls_namespace="api",
    openapi_url="/openapi.json",
)


def refused(request: HttpRequest, status: int, what: str, fix: str = "", kind: str = "about:blank") -> HttpResponse:
    """A refusal as problem+json."""
    body = Problem(type=kind, title=what, detail=f"{what} {fix}".strip(), status=status, fix=fix)
    return HttpResponse(body.model_dump_json(), status=status, content_type="application/problem+json")


@api.exception_handler(AsterismError)
def _ours(request: HttpRequest, error: AsterismError) -> HttpResponse:
    answer = refused(request, http_status(error), error.what, error.fix, f"asterism:{type(error).__name__}")
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


@api.exception_handler(ValidationError)
def _unsound(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    where = ".".join(str(step) for step in first["loc"])
    return refused(request, 422, f"`{where}`: {first['msg']}.", "See /api/v1/openapi.json for what is expected.")


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return refused(request, 403, "No valid token came with this request.", "Send `Authorization: Bearer TOKEN`.")


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refused(request, error.status_code, str(error))


@api.exception_handler(Http404)
def _nowhere(request: HttpRequest, _error: Http404) -> HttpResponse:
    return refused(request, 404, "There is nothing at this address.", "See /api/v1/openapi.json.")


def seat_of(request: Any) -> Seat:
    """The seat that a request's token stands for."""
    return request.auth
