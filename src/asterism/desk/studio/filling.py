"""What a document's fields hold: what the ledger knows, what whoever writes fills in, and what stays open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.documents.fields import fields_of
from asterism.campaigns.documents.given import Link
from asterism.campaigns.documents.merging import Value, fields_named, merge, merge_line
from asterism.campaigns.documents.whitelist import FIELDS
from asterism.campaigns.documents.wording.spoken import language
from asterism.desk.studio.given import IN_THE_BRIEF, given_of
from asterism.errors import BadInput
from asterism.store.ledger.models import Collaboration
from asterism.store.ledger.seats import Seat

LINKS: Final = ("portal_link", "opt_out_link")
"""Fields that stay open in a kept document: what they hold opens something, and is only put in as it is sent."""
UNSENT: Final = {"portal_link": "(the link to it is put in as this is sent)",
                 "opt_out_link": "(the link is put in as this is sent)"}  # fmt: skip
"""What stands in the place of a link where a document is only looked at."""
MANY: Final = frozenset({"feedback", "results", "dos", "donts", "care", "hashtags", "links"})
"""Fields of several lines, each an item."""
TYPED: Final = (
    "why_you", "product", "message", "call_to_action", "hashtags", "links", "dos", "donts", "care", "draft", "feedback",
    "results", "appreciation", "next_step", "company", "sender_role", "privacy_contact", "recipients", "transfers",
)  # fmt: skip
"""Fields that whoever writes may fill in, in the order they are asked for."""
LONGEST: Final = 4_000
"""Letters of a field at most."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A field to fill in: its name, what it holds, what was typed, whether it takes several lines or must be filled."""

    name: str
    label: str
    value: str
    many: bool
    needed: bool


def typed(filled: Mapping[str, str]) -> dict[str, Value]:
    """What was typed as the fields' values; what is empty is left out.

    Raises
    ------
    BadInput
        There is no such field to fill in, or it holds too much.
    """
    values: dict[str, Value] = {}
    for name, text in filled.items():
        if name not in TYPED:
            raise BadInput(f"`{name[:60]}` is no field to fill in.", f"Known: {', '.join(TYPED)}.", "filled")
        if len(text) > LONGEST:
            raise BadInput(f"`{name}` is longer than {LONGEST:,} letters.", "Shorten it.", name)
        lines = tuple(line.strip().removeprefix("- ") for line in text.splitlines() if line.strip())
        if lines:
            values[name] = _listed(name, lines) if name in MANY else " ".join(lines)
    return values


def _listed(name: str, lines: tuple[str, ...]) -> Value:
    if name == "hashtags":
        return " ".join(word for line in lines for word in line.replace(",", " ").split())
    return tuple(Link("", line) for line in lines) if name == "links" else lines


def known_fields(seat: Seat, row: Collaboration, kind: str, code: str) -> dict[str, Value]:
    """What the ledger knows for a document of a collaboration, without its links; a brief refers to no other brief."""
    held = dict(fields_of(given_of(seat, row), language(code)))
    if kind == "brief":
        held |= {name: "" for name in ("message", "call_to_action") if str(held[name]).startswith(IN_THE_BRIEF)}
    return {name: value for name, value in held.items() if name not in LINKS}


def lacking(text: str, held: Mapping[str, Value]) -> tuple[str, ...]:
    """The fields that a text names and nobody has filled, links aside."""
    return tuple(name for name in fields_named(text) if name in FIELDS and name not in LINKS and not _has(held, name))


def _has(held: Mapping[str, Value], name: str) -> bool:
    value = held.get(name, "")
    if isinstance(value, Link):
        return bool(value.url.strip())
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def frozen(text: str, held: Mapping[str, Value], leave: Iterable[str] = LINKS) -> str:
    """The text with its fields filled, but for those of `leave`, which stay fields.

    Raises
    ------
    UnsoundText, MissingValue
        As `merge` does.
    """
    return _reopened(merge(text, {**held, **_sealed(leave)}), leave)


def frozen_line(text: str, held: Mapping[str, Value], leave: Iterable[str] = LINKS) -> str:
    """The same of a subject, on one line."""
    once = merge(" ".join(text.split()), {**held, **_sealed(leave)})
    return _reopened(once, leave)


def _sealed(leave: Iterable[str]) -> dict[str, Value]:
    """Marks from a range no text of ours has, in the place of fields that stay."""
    return {name: f"\ue000{name}\ue001" for name in leave}


def _reopened(text: str, leave: Iterable[str]) -> str:
    for name in leave:
        text = text.replace(f"\ue000{name}\ue001", f"{{{name}}}")
    return text


def as_shown(title: str, text: str, held: Mapping[str, Value]) -> tuple[str, str]:
    """A subject and a text as they will read; a field without a value is named in brackets."""
    open_ones = {name: f"[{name.replace('_', ' ')}]" for name in lacking(f"{title}\n{text}", held)}
    shown: dict[str, Value] = {
        **UNSENT,
        **{name: value for name, value in held.items() if _has(held, name)},
        **open_ones,
    }
    return merge_line(title, shown), merge(text, shown)


def blanks(text: str, held: Mapping[str, Value], filled: Mapping[str, str]) -> tuple[Blank, ...]:
    """The fields of a text that may be filled in, with what was typed."""
    named = set(fields_named(text))
    return tuple(
        Blank(name, FIELDS[name], filled.get(name, ""), name in MANY, not _has(held, name))
        for name in TYPED
        if name in named
    )
