r"""A small markup for documents: headings, paragraphs, lists, strong words and links; never HTML.

`# ` to `### ` open a heading, `- ` an item, `1. ` a numbered item; every other line is a line of a paragraph, and a
blank line ends it. `**words**` are strong, `<https://…>` is a link. A backslash before one of
``\ { } * < > # . -`` takes its meaning away. Whatever else stands there, tags and code included, is text.
"""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

URL: Final = r"https?://[^\s<>\"{}\\^`|]+"
"""What a link may look like: http or https, and nothing that could end it early."""
_OPENS: Final = {
    "heading": re.compile(r"(?P<mark>#{1,3}) +(?P<rest>.*)"),
    "bullet": re.compile(r"(?P<mark>-) +(?P<rest>.*)"),
    "numbered": re.compile(r"(?P<mark>\d{1,4})\. +(?P<rest>.*)"),
}
_MARKED: Final = re.compile(rf"\\(?P<bare>[\\{{}}*<>#.\-])|(?P<strong>\*\*)|<(?P<url>{URL})>|(?P<text>[^\\*<]+|.)")

LineKind = Literal["heading", "bullet", "numbered", "text", "blank"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words that look alike: strong or not, with the address they lead to or none."""

    text: str
    strong: bool = False
    url: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows; level 1 is the document's own."""

    level: int
    words: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, each on a line of its own."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `start` is its first number, 0 where it has bullets."""

    items: tuple[Line, ...]
    start: int = 0


Block = Heading | Paragraph | Items


def kind_of(line: str) -> LineKind:
    """What a line opens.

    >>> kind_of("## Money"), kind_of("- one"), kind_of("2. two"), kind_of("-x"), kind_of(" ")
    ('heading', 'bullet', 'numbered', 'text', 'blank')
    """
    bare = line.strip()
    kinds: tuple[LineKind, ...] = ("heading", "bullet", "numbered")
    opened = (kind for kind in kinds if _OPENS[kind].match(bare))
    return next(opened, "text") if bare else "blank"


def parse(source: str) -> tuple[Block, ...]:
    """The blocks of a text in the order they stand in."""
    lines = [(kind_of(line), line.strip()) for line in source.splitlines()]
    runs = [(kind, [line for _, line in run]) for kind, run in groupby(lines, key=lambda line: line[0])]
    return tuple(block for kind, run in runs for block in _blocks(kind, run))


def _blocks(kind: LineKind, run: list[str]) -> list[Block]:
    if kind == "blank":
        return []
    if kind == "text":
        return [Paragraph(tuple(spans(line) for line in run))]
    found = [match for line in run if (match := _OPENS[kind].match(line))]
    if kind == "heading":
        return [Heading(len(match["mark"]), spans(match["rest"])) for match in found]
    start = int(found[0]["mark"]) if kind == "numbered" else 0
    return [Items(tuple(spans(match["rest"]) for match in found), start)]


def spans(line: str) -> Line:
    """The words of a line, strong ones and links told apart; a mark without its partner is text.

    >>> spans("a **b** <https://x.org>")
    (Span(text='a ', strong=False, url=''), Span(text='b', strong=True, url=''), Span(text=' ', strong=False, url=''), Span(text='https://x.org', strong=False, url='https://x.org'))
    """  # noqa: E501
    tokens = list(_MARKED.finditer(line))
    pairs = sum(token["strong"] is not None for token in tokens) // 2 * 2
    found: list[Span] = []
    strong = False
    for token in tokens:
        if token["strong"] and pairs:
            strong, pairs = not strong, pairs - 1
        else:
            found.append(Span(token["bare"] or token["url"] or token[0], strong, token["url"] or ""))
    return _joined(found)


def _joined(found: list[Span]) -> Line:
    runs = groupby(found, key=lambda span: (span.strong, span.url))
    return tuple(Span("".join(span.text for span in run), strong, url) for (strong, url), run in runs)


def words(line: Line) -> str:
    """The line as plain text."""
    return "".join(span.text for span in line)


def plain_text(blocks: tuple[Block, ...]) -> str:
    """The document as plain text, as a mail carries it: a blank line between its parts, no marks."""
    return "\n\n".join(_plain(block) for block in blocks)


def _plain(block: Block) -> str:
    if isinstance(block, Heading):
        return words(block.words)
    if isinstance(block, Paragraph):
        return "\n".join(words(line) for line in block.lines)
    marks = [f"{block.start + n}." if block.start else "-" for n in range(len(block.items))]
    return "\n".join(f"{mark} {words(item)}" for mark, item in zip(marks, block.items, strict=True))
