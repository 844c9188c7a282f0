"""The shapes of the API that every area shares: a refusal, a page of a list, which page is asked for."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from asterism.faces.api.bearer import Bearer

T = TypeVar("T")

PROBLEM: Final = "application/problem+json"
MOST_PER_PAGE: Final = 200


class Problem(Schema):
    """A refusal (RFC 9457): what is wrong, what to change, and the status."""

    type: str = "about:blank"
    title: str
    detail: str
    status: int
    fix: str = ""


class Page(Schema, Generic[T]):
    """One page of a list: its rows, where it stands, how many there are, and the address of the next one."""

    items: list[T]
    page: int
    size: int
    total: int
    next: str | None = Field(default=None, description="The address of the next page; null on the last.")


class At(Schema):
    """Which page of a list, and how many rows on it."""

    page: int = Field(default=1, ge=1, le=100_000, description="Pages are counted from 1.")
    size: int = Field(default=50, ge=1, le=MOST_PER_PAGE, description="Rows on a page.")


Key = Annotated[int, Field(ge=1, lt=2**63)]
"""The number of a row, in an address or a body."""


def asks(scope: str, out: Any = None, status: int = 0) -> dict[str, Any]:
    """What an operation needs and gives, for its decorator: `@router.get("", **asks("see", Page[CampaignOut]))`.

    `status` is 200 where something is answered and 204 where nothing is, unless said otherwise (201 for what is new).
    """
    answer = {status or (204 if out is None else 200): out}
    return {"response": answer, "auth": Bearer(scope), "openapi_extra": {"x-scope": scope}}


def paged(request: HttpRequest, at: At, rows: Any) -> dict[str, Any]:
    """The asked page of a query or a list."""
    total = rows.count() if hasattr(rows, "filter") else len(rows)
    first = (at.page - 1) * at.size
    return page_of(request, at, list(rows[first : first + at.size]), total)


def page_of(request: HttpRequest, at: At, items: Sequence[Any], total: int) -> dict[str, Any]:
    """A page whose rows were cut already, of `total` in all."""
    last = at.page * at.size >= total
    asked = {**dict(request.GET.lists()), "page": at.page + 1, "size": at.size}
    onward = None if last else f"{request.path}?{urlencode(asked, doseq=True)}"
    return {"items": list(items), "page": at.page, "size": at.size, "total": total, "next": onward}


def refused(status: int, what: str, fix: str = "", kind: str = "about:blank") -> HttpResponse:
    """A refusal as problem+json."""
    body = Problem(type=kind, title=what, detail=f"{what} {fix}".strip(), status=status, fix=fix)
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM)
