"""The API itself: who may come in, what is read, how refusals look. The door before it does the rest."""

import json
from typing import Any

from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from asterism.errors import AsterismError, BadInput, TooMany, http_status, plainly
from asterism.faces.api.bearer import Bearer
from asterism.faces.api.described import Described
from asterism.faces.api.shapes import refused
from asterism.store.ledger.once import GAVE_WAY, gave_way
from asterism.store.ledger.seats import Seat


class Strict(Parser):
    """JSON as RFC 8259 has it, without letters that no text holds."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body, or `ValueError`, which ninja answers with 400."""
        try:
            return _without_nul(json.loads(request.body, parse_constant=_no_number))
        except RecursionError:
            raise ValueError("The body is nested too deeply.") from None

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """The fields of a query or form."""
        return _without_nul(super().parse_querydict(data, list_fields, request))


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON.")


def _without_nul(value: Any) -> Any:
    """The value itself; a database could not keep a text with the letter NUL, or half a surrogate pair."""
    if isinstance(value, str) and ("\0" in value or (not value.isascii() and _torn(value))):
        raise BadInput("A text holds a letter that cannot be kept.", "Leave out control characters.")
    if isinstance(value, dict):
        for name, part in value.items():
            _without_nul(name), _without_nul(part)
    elif isinstance(value, list):
        for part in value:
            _without_nul(part)
    return value


def _torn(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


api = Described(
    title="Asterism",
    version="1",
    description="Plan, run and measure influencer campaigns. Tokens are made under Settings, Tokens.",
    auth=Bearer(),
    docs_url=None,
    urls_namespace="api",
    openapi_url="/openapi.json",
    parser=Strict(),
)


@api.exception_handler(AsterismError)
def ours(request: HttpRequest, error: AsterismError) -> HttpResponse:
    """An error of ours, with its class as the type."""
    answer = refused(http_status(error), error.what, error.fix, f"asterism:{type(error).__name__}")
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


@api.exception_handler(OperationalError)
def _gave_way(request: HttpRequest, error: OperationalError) -> HttpResponse:
    if not gave_way(error):
        raise error
    return ours(request, GAVE_WAY)


@api.exception_handler(OverflowError)
@api.exception_handler(DataError)
def _beyond(request: HttpRequest, _error: Exception) -> HttpResponse:
    return refused(422, "A value is larger than can be kept.", "See /api/v1/openapi.json for what is expected.")


@api.exception_handler(ValidationError)
def unsound(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A value that its schema does not take; the place is named as the caller wrote it."""
    first = error.errors[0]
    place, *steps = (str(step) for step in first["loc"])
    ours = place == "body" or (place in ("form", "query") and len(steps) > 1)  # the first step names our parameter
    where, see = ".".join([place, *steps[ours:]]), "See /api/v1/openapi.json for what is expected."
    plain = plainly(first["type"], first.get("ctx"))
    if plain:
        return refused(422, f"`{where}` {plain[0]}.", f"{plain[1]} {see}")
    why = first["msg"].removeprefix("Value error, ").rstrip(".")
    return refused(422, f"`{where}`: {why}.", see)


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, _error: AuthenticationError | None) -> HttpResponse:
    """No token, or one that opens nothing."""
    return refused(403, "No valid token came with this request.", "Send `Authorization: Bearer TOKEN`.")


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    words = {400: ("The body cannot be read.", "Send JSON in UTF-8.")}
    return refused(error.status_code, *words.get(error.status_code, (str(error), "")))


@api.exception_handler(Http404)
def _nowhere(request: HttpRequest, _error: Http404) -> HttpResponse:
    return refused(404, "There is nothing at this address.", "See /api/v1/openapi.json.")


def seat_of(request: Any) -> Seat:
    """The seat that a request's token stands for."""
    return request.auth
