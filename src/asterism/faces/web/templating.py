"""The templates' environment: escaped, strict about names, with the words and numbers pages need."""

from dataclasses import is_dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import asterism.reports
from asterism.faces.web.once import once_field
from asterism.quantities import figure

HERE = Path(__file__).resolve().parent / "templates"
REPORTS = Path(asterism.reports.__file__).parent / "templates"
NAVIGATION = (
    ("home", "Home", "h"),
    ("campaigns", "Campaigns", "c"),
    ("discover", "Discover", "d"),
    ("shortlists", "Shortlists", "s"),
    ("tasks", "Tasks", "t"),
    ("calendar", "Calendar", "k"),
    ("messages", "Messages", "m"),
    ("orders", "Orders", "o"),
    ("market", "Market", "r"),
    ("learning", "Learning", "l"),
    ("settings", "Settings", ","),
)
"""The parts of a workspace: address, label, key."""


def environment(**options: Any) -> Environment:
    """The environment Django asks for: undefined names fail, everything is escaped."""
    options.pop("loader", None)
    options.update(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made = Environment(loader=FileSystemLoader([HERE, REPORTS]), **options)  # noqa: S701 — autoescape is set above
    made.globals.update(static=static, url=_url, navigation=NAVIGATION)
    made.filters.update(
        money=money, figure=figure, day=day, moment=moment, percent=percent, thin=thin, twice=twice,
        plain_money=plain_money,
    )  # fmt: skip
    return made


def page(request: HttpRequest, template: str, shown: Any, status: int = 200) -> HttpResponse:
    """The template filled with one documented dataclass, as `page`."""
    if not is_dataclass(shown):
        raise TypeError(f"{template} is shown a {type(shown).__name__}, not a dataclass")
    engine = engines["jinja2"]
    context = {"page": shown, "csrf": Proof(request), "here": request.path, "at": getattr(request, "seat", None)}
    return HttpResponse(engine.env.get_template(template).render(context), status=status)


class Proof:
    """The hidden fields that prove a form is ours, and let it do its deed once.

    They are made when a form first asks for them: pages without such a form set no cookie.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def fields(self) -> Markup:
        """The fields, the same for every form of the page."""
        proof = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(self.request))
        return proof + once_field()

    def __html__(self) -> str:
        return self.fields


def _url(name: str, *parts: Any) -> str:
    return reverse(name, args=parts)


def money(cents: int | None, currency: str) -> str:
    """An amount in cents as people read it.

    >>> money(123450, "USD"), money(None, "USD")
    ('1,234.50 USD', '–')
    """
    return "–" if cents is None else f"{cents / 100:,.2f} {currency}"


def plain_money(cents: int) -> str:
    """An amount in cents as a field of a form holds it.

    >>> plain_money(123450)
    '1234.50'
    """
    return f"{cents // 100}.{cents % 100:02d}"


def thin(number: float | None) -> str:
    """A whole number with thousands separated; a dash where it is not known."""
    return "–" if number is None else f"{number:,.0f}"


def twice(word: str) -> tuple[str, str]:
    """A word as a choice that is called what it is.

    >>> twice("always_on")
    ('always_on', 'always on')
    """
    return word, word.replace("_", " ")


def percent(share: float | None) -> str:
    """A share as per cent, three figures at most."""
    return "–" if share is None else f"{100 * share:.3g}%"


def day(when: date | datetime | str | None, zone: str = "UTC") -> str:
    """A day as people read it: 2 Dec 2026."""
    read = _read(when, zone)
    return "–" if read is None else f"{read.day} {read:%b %Y}"


def moment(when: datetime | str | None, zone: str = "UTC") -> str:
    """A day and time as people read it, in the workspace's time zone."""
    read = _read(when, zone)
    return "–" if read is None else f"{read.day} {read:%b %Y, %H:%M}"


def _read(when: date | datetime | str | None, zone: str) -> date | datetime | None:
    if isinstance(when, str):
        when = datetime.fromisoformat(when) if len(when) > 10 else date.fromisoformat(when) if when else None
    return when.astimezone(ZoneInfo(zone)) if isinstance(when, datetime) and when.tzinfo else when
