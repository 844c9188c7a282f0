"""What a reply says: its own words without the letter it quotes, HTML as plain text, and whether it ends letters."""

import re
from collections.abc import Iterator
from html import unescape
from string import ascii_lowercase, ascii_uppercase
from typing import Final

LONGEST: Final = 20_000
"""Letters of a reply that are kept."""
SHORT: Final = 8
"""Words of a line that may be a wish to end all letters; longer ones speak of something else."""
_QUOTES: Final = re.compile(
    r"^(>|-{2,} ?(original|forwarded|ursprüngliche|message d'origine)|_{10,}|"
    r"(on|am|le) .{4,200}(wrote|schrieb|écrit).{0,80}:\s*$)",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"\b(unsubscribe|opt[ -]?out|remove me|do not (write|contact|e-?mail)|don'?t (write|contact|e-?mail)|"
    r"stop (writing|contacting|e-?mailing|sending)|abmelden|abbestellen|keine (mails|nachrichten) mehr|"
    r"désabonner|désinscrire|désabonnez|désinscrivez|ne plus m'écrire)\b",
    re.IGNORECASE,
)
_STOP: Final = re.compile(r"^\W*(please )?(stop|stopp|arrêt|stop all)( please| it)?\W*$", re.IGNORECASE)
_FOLD: Final = str.maketrans(ascii_uppercase, ascii_lowercase)
_TAG: Final = re.compile(r"(!--|!|\?|/?[a-z][a-z0-9]{0,20})")
_BREAKS: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"})
_UNSAID: Final = frozenset({"script", "style", "head", "title", "template"})
_STEERING: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def plain_words(text: str) -> str:
    """The text without what steers a screen, with one kind of line end, cut where nobody reads on."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")[: 4 * LONGEST]
    return _STEERING.sub("", lines).strip()[:LONGEST]


def own_words(text: str) -> str:
    """The lines before the letter that a reply quotes.

    >>> own_words("Gladly.\\n\\nOn 3 May 2027 Aurora wrote:\\n> Hello Ana")
    'Gladly.'
    """
    kept: list[str] = []
    for line in text.splitlines():
        if _QUOTES.match(line.strip()):
            break
        kept.append(line)
    return "\n".join(kept).strip()


def wants_out(text: str, subject: str = "") -> bool:
    """Whether a reply asks that all letters end: by a short line of its own words, or by its subject.

    >>> wants_out("STOP"), wants_out("Please unsubscribe me."), wants_out("We could stop by the shop on Friday.")
    (True, True, False)
    """
    heading = "" if re.match(r"\s*(re|aw|fwd?|wg|tr)\s*:", subject, re.IGNORECASE) else subject
    lines = [heading, *own_words(text).splitlines()]
    return any(_STOP.match(line) or (len(line.split()) <= SHORT and _ENDS.search(line)) for line in lines if line)


def words_of_html(page: str) -> str:
    """The words of HTML as plain text, read once from left to right; nothing of it is run, fetched or kept as markup.

    >>> words_of_html("<p>Yes,<br>gladly</p><script>alert(1)</script>")
    'Yes,\\ngladly'
    """
    lines = (" ".join(line.split()) for line in "".join(_pieces(page)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _pieces(page: str) -> Iterator[str]:
    """Runs of words, and breaks where a tag breaks the line; what no end closes is left out."""
    folded, at = page.translate(_FOLD), 0
    while (opens := page.find("<", at)) >= 0:
        yield _spoken(page[at:opens])
        name = _TAG.match(folded, opens + 1)
        if name is None:
            yield "<"
            at = opens + 1
            continue
        at = _after(folded, opens, name[1])
        if at < 0:
            return
        if name[1] in _BREAKS:
            yield "\n"
    yield _spoken(page[at:])


def _after(folded: str, opens: int, name: str) -> int:
    """Where the words go on after a tag or comment, and after all that nobody sees; below 0 where they do not."""
    closing = "-->" if name == "!--" else ">"
    ends = folded.find(closing, opens)
    if ends >= 0 and name in _UNSAID:
        closes = folded.find(f"</{name}", ends)
        ends, closing = (folded.find(">", closes), ">") if closes >= 0 else (-1, "")
    return ends + len(closing) if ends >= 0 else -1


def _spoken(run: str) -> str:
    return re.sub(r"\s+", " ", unescape(run))
