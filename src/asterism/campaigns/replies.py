"""What a reply says: its own words without the letter it quotes, HTML as plain text, and whether it ends letters."""

import re
from html.parser import HTMLParser
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


class _Reader(HTMLParser):
    """Collects the words of a page that people see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 — the parser's
        """Break the line, or hush."""
        self._unsaid += tag in _UNSAID
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Speak again."""
        self._unsaid = max(0, self._unsaid - (tag in _UNSAID))

    def handle_data(self, data: str) -> None:
        """Keep what people see."""
        if not self._unsaid:
            self.words.append(re.sub(r"\s+", " ", data))


def words_of_html(page: str) -> str:
    """The words of HTML as plain text; nothing of it is run, fetched or kept as markup.

    >>> words_of_html("<p>Yes,<br>gladly</p><script>alert(1)</script>")
    'Yes,\\ngladly'
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    lines = (line.strip() for line in "".join(reader.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
