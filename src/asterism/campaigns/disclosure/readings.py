"""The readings that answer rules: from the post and the mark it rests on to met, open or broken, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from asterism.campaigns.disclosure.marks import Mark
from asterism.campaigns.disclosure.placement import (
    FIRST_WORDS,
    GROUP,
    Fold,
    fold_of,
    group_of,
    is_at_start,
    is_before,
    stands_out,
    words_before,
)
from asterism.campaigns.disclosure.post import Post
from asterism.campaigns.disclosure.rules import WORDS
from asterism.campaigns.disclosure.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Reading:
    """Met, broken or open (None), what was found, and what to change."""

    met: bool | None
    found: str
    change: str = ""


NOWHERE: Final = Reading(None, "There are no words whose place could be judged.")


def words(post: Post, mark: Mark | None) -> Reading:
    """Whether the mark is clear enough for the country, by its meaning and language."""
    asked = WORDS[post.setting.jurisdiction]
    said = f"«{quoted(post, mark)}» says that {mark.meaning}" if mark else "No word says that the post is paid for"
    if mark and _listed(mark, asked.clear):
        return Reading(True, f"{said}.")
    if mark and _listed(mark, asked.doubtful):
        return Reading(None, f"{said}, which may not be clear enough.", asked.advice)
    if post.setting.platform_label:
        return Reading(None, f"{said}; the platform's label is on, and may not suffice alone.", asked.advice)
    if post.facts.language and post.facts.language not in LANGUAGES and not mark:
        what = f"There is no list of words in the audience's language ({post.facts.language})."
        return Reading(None, what, asked.advice)
    return Reading(False, f"{said}, which is not clear." if mark else f"{said}.", asked.advice)


def _listed(mark: Mark, listed: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    return any(mark.meaning == meaning and mark.languages & set(codes) for meaning, codes in listed)


def language(post: Post, mark: Mark | None) -> Reading:
    """Whether the mark is in a language the audience reads; English words to others, and guesses, leave doubt."""
    if mark is None:
        return NOWHERE
    told = " or ".join(sorted(LANGUAGES[code] for code in mark.languages))
    if post.language in mark.languages or (not post.language and mark.languages != {"en"}):
        return Reading(True, f"«{quoted(post, mark)}» is {told}.")
    if not post.language:
        return Reading(None, f"«{quoted(post, mark)}» is {told}; the audience's language is not known.", "State it.")
    audience = LANGUAGES.get(post.language, f"another language ({post.language})")
    certain = post.facts.language or WORDS[post.setting.jurisdiction].language == post.language
    met = False if certain and "en" not in mark.languages else None
    return Reading(met, f"«{quoted(post, mark)}» is {told}; the audience reads {audience}.", f"Say it in {audience}.")


def denial(post: Post, mark: Mark | None) -> Reading:
    """Whether the text takes the payment back."""
    if not post.read.denials:
        return Reading(True, "Nothing denies it.")
    said = f"The text denies a payment: «{post.read.denials[0]}»."
    if mark is not None and words(post, mark).met:
        return Reading(None, f"{said} It says the opposite as well.", "Keep the one that is true.")
    return Reading(False, said, "If anything was received, say so instead; if nothing was, no disclosure is due.")


def seen(post: Post, mark: Mark | None) -> Reading:
    """Whether the mark stands before the fold of the app."""
    if mark is None:
        return NOWHERE
    limit = fold_of(post.setting.platform, post.setting.format)
    if post.is_in_content:
        return Reading(True, "It is in the content itself.")
    if is_before(post.folded, mark, limit):
        return Reading(True, f"«{quoted(post, mark)}» is seen at first sight.")
    return Reading(False, f"«{quoted(post, mark)}» stands {_behind(post, limit)}.", "Move it to the first words.")


def _behind(post: Post, limit: Fold) -> str:
    where = "the first screen" if post.setting.format == "blog" else "«more»"
    return f"behind {where} (after {limit.characters} characters or {limit.lines} lines)"


def start(post: Post, mark: Mark | None) -> Reading:
    """Whether the mark stands among the first words; further on, but seen, is open."""
    place = seen(post, mark)
    if not place.met or mark is None or post.is_in_content:
        return place
    if is_at_start(post.folded, mark):
        return Reading(True, f"«{quoted(post, mark)}» stands at the start.")
    n = words_before(post.folded, mark)
    found = f"«{quoted(post, mark)}» comes after {n} words; at most {FIRST_WORDS} count as the start."
    return Reading(None, found, "Move it to the very start.")


def tags(post: Post, mark: Mark | None) -> Reading:
    """Whether the mark stands out from the hashtags around it."""
    if mark is None:
        return NOWHERE
    row = group_of(post.folded, mark)
    met = True if post.is_in_content else stands_out(post.folded, mark)
    if met:
        return Reading(True, f"«{quoted(post, mark)}» stands out.")
    found = f"«{quoted(post, mark)}» is number {row.place} of {row.size} hashtags and links in a row."
    return Reading(met, found, "Set it apart, at the start.")


def cloud(post: Post, mark: Mark | None) -> Reading:
    """As `tags`, but a long row of hashtags hides even its first."""
    read = tags(post, mark)
    hidden = mark is not None and read.met is None and group_of(post.folded, mark).size >= GROUP
    return Reading(False, read.found, read.change) if hidden else read


def shown(post: Post, mark: Mark | None) -> Reading:
    """Whether the disclosure is in the moving picture; a text alone cannot tell."""
    facts = post.facts
    if mark is not None and post.is_in_content:
        better = "" if facts.spoken and facts.on_screen else "Say it and show it: some watch without sound or picture."
        return Reading(True, "It is in the video.", better)
    if facts.spoken is False and facts.on_screen is False:
        return Reading(False, "It is in the description only.", "Say it and show it in the video.")
    return Reading(None, "A text cannot show what the video says.", "Say it and show it in the video, then state so.")


def heard(post: Post, mark: Mark | None) -> Reading:
    """Whether the disclosure is said aloud."""
    said = post.facts.spoken if mark is not None else None
    found = {True: "It is said aloud.", False: "It is not said aloud.", None: "A text cannot show what is said."}[said]
    return Reading(said, found, "" if said else "Say it aloud before the endorsement, then state so.")


def lasting(post: Post, mark: Mark | None) -> Reading:
    """Whether the disclosure stays, or in a live stream returns, from beginning to end."""
    lasts = post.facts.whole_duration if mark is not None else None
    found = {True: "It lasts from beginning to end.", False: "It does not last.", None: "A text cannot show how long."}
    return Reading(lasts, found[lasts], "" if lasts else "Keep it on, or repeat it, to the end, then state so.")


def label(post: Post, mark: Mark | None) -> Reading:  # noqa: ARG001
    """Whether the platform's own label is on; where it binds and is off, the post is not judged to pass."""
    if post.setting.platform_label:
        return Reading(True, "The platform's label is on.")
    return Reading(None, "The platform's label is off.", "Switch the platform's label on.")


def terms(post: Post, mark: Mark | None) -> Reading:  # noqa: ARG001
    """Whether the platform's label is on, as its terms ask."""
    if post.setting.platform_label:
        return Reading(True, "The platform's label is on.")
    return Reading(False, "The platform's label is off.", "Switch the platform's label on.")


def company(post: Post, mark: Mark | None) -> Reading:  # noqa: ARG001
    """Never known from a text."""
    return Reading(None, "A text cannot show it.", "Give name and address of the business on the profile.")


READINGS: Final[dict[str, Callable[[Post, Mark | None], Reading]]] = {
    "words": words, "language": language, "denial": denial, "seen": seen, "start": start, "tags": tags,
    "cloud": cloud, "shown": shown, "heard": heard, "lasting": lasting, "label": label, "terms": terms,
    "company": company,
}  # fmt: skip


def quoted(post: Post, mark: Mark) -> str:
    """The mark as the text has it."""
    return post.folded.quote(mark.start, mark.end)
