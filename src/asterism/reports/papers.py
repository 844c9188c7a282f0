"""Any document as a sheet of paper, and as parts a page can show: text goes as values, never as markup."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, Final, Literal

from asterism.campaigns.documents.letters import Letter, hash_of
from asterism.campaigns.documents.markup import Block, Heading, Line, Paragraph, Span, words
from asterism.errors import WrongUsage
from asterism.reports.pdf import FONTS
from asterism.reports.words import plain

MONOSPACED: Final = ("DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono")
"""Fonts for checksums, in order of preference; the last resort is the text's own font."""


@dataclass(frozen=True, slots=True)
class Signature:
    """An acceptance by click: for whom, under which name, at what time, of which text."""

    party: str
    name: str
    at: datetime
    checksum: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise WrongUsage("A signature's time needs its zone.", "Give a time in UTC.")


@dataclass(frozen=True, slots=True)
class Part:
    """One heading, paragraph or list as a page shows it: lines of plain spans, to be escaped like any text.

    `kind` is heading, paragraph, bullets or numbers; `level` is a heading's, `start` a numbered list's first number.
    """

    kind: Literal["heading", "paragraph", "bullets", "numbers"]
    lines: tuple[Line, ...]
    level: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready for paper or page: its title, its parts, and the version and checksum that name it."""

    title: str
    parts: tuple[Part, ...]
    version: str
    checksum: str
    language: str = "en"
    signatures: tuple[Signature, ...] = ()


def paper_of(document: Letter, signatures: tuple[Signature, ...] = ()) -> Paper:
    """The document as a paper; a text without a title of its own is headed by its subject.

    Raises
    ------
    WrongUsage
        A signature is of another text than this one.
    """
    checksum = hash_of(document)
    if any(signature.checksum != checksum for signature in signatures):
        fix = "Print the version that was accepted, or have this one accepted anew."
        raise WrongUsage("A signature belongs to another version of this document.", fix)
    first, *rest = document.blocks or (Paragraph(()),)
    titled = isinstance(first, Heading) and first.level == 1
    title = words(first.words) if isinstance(first, Heading) and titled else document.subject
    below = tuple(rest) if titled else document.blocks
    return Paper(plain(title), parts(below), document.version, checksum, document.language, signatures)


def parts(blocks: tuple[Block, ...]) -> tuple[Part, ...]:
    """The blocks as parts for a page, without characters that steer a screen."""
    return tuple(_part(block) for block in blocks)


def _part(block: Block) -> Part:
    if isinstance(block, Heading):
        return Part("heading", (_clean(block.words),), level=block.level)
    if isinstance(block, Paragraph):
        return Part("paragraph", tuple(map(_clean, block.lines)))
    return Part("numbers" if block.start else "bullets", tuple(map(_clean, block.items)), start=block.start)


def _clean(line: Line) -> Line:
    return tuple(Span(plain(span.text), span.strong, span.url) for span in line)


def paper_pdf(paper: Paper, made: date) -> bytes:
    """The paper as the bytes of a PDF dated `made`; the same paper, date and fonts give the same bytes."""
    import typst

    known = set(typst.Fonts().families())
    told = paper_told(paper) | {
        "made": [made.year, made.month, made.day],
        "fonts": [font for font in FONTS if font in known],
        "monospaced": [font for font in (*MONOSPACED, *FONTS) if font in known],
    }
    template = (files("asterism.reports") / "templates" / "paper.typ").read_bytes()
    return bytes(typst.compile(template, format="pdf", sys_inputs={"told": json.dumps(told)}))


def paper_told(paper: Paper) -> dict[str, Any]:
    """The paper as plain values, for whatever sets it."""
    told = asdict(paper)
    return told | {"signatures": list(_signed(paper.signatures))}


def _signed(signatures: tuple[Signature, ...]) -> Iterator[dict[str, str]]:
    for signature in signatures:
        at = signature.at.astimezone(UTC)
        yield {"party": plain(signature.party), "name": plain(signature.name), "at": f"{at:%Y-%m-%d %H:%M:%S} UTC"}
