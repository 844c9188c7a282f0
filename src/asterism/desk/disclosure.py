"""Check whether the text of a paid post says that it is paid for, against a country's rules."""

from pathlib import Path
from typing import Final

from asterism.campaigns.disclosure.judging import judge
from asterism.campaigns.disclosure.post import Facts, Setting
from asterism.campaigns.disclosure.rules import JURISDICTIONS
from asterism.campaigns.disclosure.verdict import Disclosure
from asterism.campaigns.disclosure.words import LANGUAGES
from asterism.creators.platforms import format_word
from asterism.creators.platforms import platform as platform_word
from asterism.creators.schema import FORMATS, PLATFORMS
from asterism.errors import NotFound, WrongUsage, did_you_mean
from asterism.store.contents import STANDARD_INPUT, named, read_bytes
from asterism.store.encodings import decode

_NAMES: Final = {
    "usa": "US", "united states": "US", "united states of america": "US", "america": "US", "gb": "UK",
    "great britain": "UK", "united kingdom": "UK", "britain": "UK", "england": "UK", "fra": "FR", "france": "FR",
    "deu": "DE", "germany": "DE", "deutschland": "DE", "european union": "EU", "europe": "EU",
}  # fmt: skip
_TEXT_FILES: Final = (".txt", ".md", ".text", ".srt", ".html")


def disclosure(
    text: str,
    jurisdiction: str = "US",
    platform: str = "instagram",
    format: str = "post",  # noqa: A002
    platform_label: bool = False,
    *,
    language: str | None = None,
    spoken: bool | None = None,
    on_screen: bool | None = None,
    whole_duration: bool | None = None,
) -> Disclosure:
    """Whether the text of a paid post says plainly enough that it is paid for.

    The text is taken as that of a post that somebody paid for or gave something for; whether a duty to disclose exists
    is not judged. For a story, video or podcast it holds the words shown or said, or the description beside them.
    Not legal advice.

    Parameters
    ----------
    jurisdiction
        US, UK, FR, DE or EU, or the country's name.
    platform, format
        Where the post stands: `instagram`, `tiktok`, `youtube` …; `post`, `carousel`, `reel`, `story`, `short`,
        `video`, `live`, `podcast` or `blog`.
    platform_label
        Whether the platform's own label («Paid partnership») is on.
    language
        What the audience reads, as `en`; guessed from the text or taken from the country otherwise.
    spoken, on_screen, whole_duration
        Whether the disclosure is said aloud, shown in the picture, and there from beginning to end; what a text alone
        cannot show stays `unclear` where a rule asks for it.

    Raises
    ------
    WrongUsage
        A country, platform, format or language that is not known.

    Examples
    --------
    >>> disclosure("#ad My new favourite mug").passes
    True
    >>> disclosure("Thanks @mugs for my new favourite").verdict
    'fail'
    """
    setting = Setting(_jurisdiction(jurisdiction), _platform(platform), _format(format), platform_label)
    return judge(text, setting, Facts(_language(language), spoken, on_screen, whole_duration))


def text_from(source: str) -> str:
    """The text of an argument: standard input for `-`, a file's where there is one of that name, else itself.

    Raises
    ------
    NotFound
        It looks like a file's name, and there is no such file.
    UnreadableFile, OutsideFailure
        The file cannot be read.
    """
    if source == STANDARD_INPUT or _is_file(source):
        return decode(named(source), read_bytes(source)).text
    if " " not in source and source.lower().endswith(_TEXT_FILES):
        raise NotFound(f"There is no file {source}.", "Check the path, or give the text itself.")
    return source


def _is_file(source: str) -> bool:
    try:
        return bool(source) and Path(source).is_file()
    except OSError:  # a caption longer than any file name
        return False


def _jurisdiction(word: str) -> str:
    bare = " ".join(word.split()).lower()
    found = _NAMES.get(bare, bare.upper())
    if found not in JURISDICTIONS:
        known = f"{did_you_mean(word, [*JURISDICTIONS])} Other countries of the Union: EU."
        raise WrongUsage(f"There are no rules for `{word}`.", known)
    return found


def _platform(word: str) -> str:
    try:
        return platform_word(word)
    except ValueError:
        raise WrongUsage(f"`{word}` is no platform we know.", did_you_mean(word, [*PLATFORMS])) from None


def _format(word: str) -> str:
    try:
        return format_word(word)
    except ValueError:
        raise WrongUsage(f"`{word}` is no format we know.", did_you_mean(word, [*FORMATS])) from None


def _language(word: str | None) -> str | None:
    if not word or not word.strip():
        return None
    bare = word.strip().lower().replace("_", "-")
    named_as = {name.lower(): code for code, name in LANGUAGES.items()}
    code = named_as.get(bare, {"nb": "no", "nn": "no"}.get(bare.partition("-")[0], bare.partition("-")[0]))
    if not (len(code) in (2, 3) and code.isalpha()):
        raise WrongUsage(f"`{word}` is no language code.", "Write it as in `en` or `de`.")
    return code
