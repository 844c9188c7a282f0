"""Reading a form: its fields as a pydantic value, each error said in one line."""

from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from pydantic import BaseModel, ValidationError

from asterism.errors import BadInput, plainly

Wanted = TypeVar("Wanted", bound=BaseModel)


def read_form(request: HttpRequest, kind: type[Wanted]) -> Wanted:
    """The fields of a form as a value; empty fields count as left out, lists take every field of the name.

    Raises
    ------
    BadInput
        A field is missing or unsound; the error names it.
    """
    return _read(request.POST, kind)


def read_query(request: HttpRequest, kind: type[Wanted]) -> Wanted:
    """The fields of an address's query as a value, read as a form is.

    Raises
    ------
    BadInput
        A field is unsound; the error names it.
    """
    return _read(request.GET, kind)


def _read(sent: QueryDict, kind: type[Wanted]) -> Wanted:
    given: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        values = [value.strip() for value in sent.getlist(name)]
        if _is_many(field.annotation):
            given[name] = [value for value in values if value]
        elif values and values[-1]:
            given[name] = values[-1]
    return read_fields(kind, given)


def read_fields(kind: type[Wanted], given: dict[str, Any]) -> Wanted:
    """Plain values as a pydantic value, or one line that names the first field that is off."""
    try:
        return kind(**given)
    except ValidationError as error:
        first = error.errors()[0]
        where = str(first["loc"][0]) if first["loc"] else ""
        name = " ".join(str(step) for step in first["loc"]).replace("_", " ") or "the form"
        if first["type"] == "missing":
            raise BadInput(f"`{name}` is empty.", "Fill it in.", where) from None
        plain = plainly(first["type"], first.get("ctx"))
        if plain:
            raise BadInput(f"`{name}` cannot be used: it {plain[0]}.", plain[1], where) from None
        message = str(first.get("ctx", {}).get("error") or first["msg"]).rstrip(".")
        raise BadInput(f"`{name}` cannot be used: {message}.", "Change it, then send again.", where) from None


def _is_many(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) in (list, tuple, set, frozenset)


def go(name: str, *parts: Any, anchor: str = "") -> HttpResponse:
    """On to a page, by its name; 303, so that reloading it sends no form again."""
    answer = HttpResponseRedirect(reverse(name, args=parts) + (f"#{anchor}" if anchor else ""))
    answer.status_code = 303
    return answer


def standing_at(answer: HttpResponse, name: str, *parts: Any) -> HttpResponse:
    """A page that a form was answered with, under the address of a page that can be opened again."""
    answer.headers["HX-Push-Url"] = reverse(name, args=parts)
    return answer
