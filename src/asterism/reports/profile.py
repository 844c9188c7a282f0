"""A creator as one page: who it is, each signal with its range and parts, prices, history, and who says so."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from asterism.quantities import Interval
from asterism.reports.charts import WIDTHS, Chart
from asterism.reports.grid import Cell, Column, Grid, texts, tint
from asterism.reports.lines import Line, Place, line_chart
from asterism.reports.page import Figure, pages
from asterism.reports.readings import Section, section, signals_chart
from asterism.reports.words import NOTHING, Words, spoken
from asterism.signals.profile import FormatReading, Profile

MOST_NOTES: Final = 4
"""Notes of a history that are written into its picture; the table has them all."""


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Everything `profile.html.j2` shows of a creator, already in words.

    Parameters
    ----------
    title, about, sentence, doubt
        Handle, platform and size, the answer in one sentence, and what it rests on.
    figures
        The numbers that carry it.
    signals, history
        The pictures; None where there are no figures for one.
    sections
        Each signal with its parts.
    formats, fields, accounts
        Tables: rates and prices per format, every field with its sources, other accounts of the same person.
    remarks
        What to mind.
    """

    title: str
    about: str
    sentence: str
    doubt: str
    figures: tuple[Figure, ...]
    signals: Chart | None
    history: Chart | None
    sections: tuple[Section, ...]
    formats: Grid
    fields: Grid
    accounts: Grid
    remarks: tuple[str, ...]


def profile_page(profile: Profile, words: Words | None = None) -> str:
    """The creator as a self-contained HTML page, light and dark, for screen and paper."""
    return pages().get_template("profile.html.j2").render(page=profile_view(profile, words or Words(thin=True)))


def profile_view(profile: Profile, words: Words) -> ProfilePage:
    """The creator in words, in the order the page tells it."""
    return ProfilePage(
        title=profile.called,
        about=" · ".join(about(profile, words)),
        sentence=sentence(profile, words),
        doubt=doubt(profile, words),
        figures=figures(profile, words),
        signals=signals_chart(profile, words),
        history=history_chart(profile, words),
        sections=tuple(section(reading, words) for reading in profile.readings),
        formats=formats_grid(profile, words),
        fields=fields_grid(profile, words),
        accounts=accounts_grid(profile),
        remarks=profile.remarks,
    )


def about(profile: Profile, words: Words) -> list[str]:
    """Platform, size, niche and place, as far as known."""
    size = f"{words.compact(profile.followers)} followers" if profile.followers is not None else "followers unknown"
    rest = (profile.niche, profile.country, profile.language)
    return [profile.platform, f"{profile.tier}, {size}", *(word for word in rest if word)]


def sentence(profile: Profile, words: Words) -> str:
    """The creator in one sentence: how well people respond, how many are real, what it costs."""
    best = profile.formats[0] if profile.formats else None
    real = f"{words.percent(profile.real.mean)} of the followers are likely real"
    if best is None:
        return f"{profile.called}: {real}."
    rate = f"a usual {best.format} is acted on by {_rate(best.engagement, words)} of its {best.engagement_of}"
    place = f", more than {words.chance(best.percentile)} of its peers" if best.percentile is not None else ""
    return f"{profile.called}: {rate}{place}; {real}; one {best.format} costs about {_dollars(best.fee.mean, words)}."


def doubt(profile: Profile, words: Words) -> str:
    """What the figures rest on, and of when they are."""
    posts = sum(each.posts for each in profile.formats)
    stated = any(each.engagement_source.startswith("stated") for each in profile.formats)
    without = "stated averages, without own posts" if stated else "no own posts: rates are those of its peers"
    own = words.counted(posts, "own post", "own posts") if posts else without
    dated = f", as of {words.day(profile.as_of)}" if profile.as_of else ", of no stated date"
    return f"From {own}{dated}. Every range holds the truth in 80% of cases."


def figures(profile: Profile, words: Words) -> tuple[Figure, ...]:
    """The numbers that carry the sentence."""
    shown = []
    if profile.formats:
        best = profile.formats[0]
        shown.append(
            Figure("engagement", _rate(best.engagement, words), f"of {best.engagement_of}, {best.engagement_source}",
                   _range(best.engagement, words))
        )  # fmt: skip
        shown.append(_fee_figure(best, words))
    shown.append(Figure("real followers", words.percent(profile.real.mean), profile.real_source,
                        _range(profile.real, words)))  # fmt: skip
    shown.append(Figure("on target", words.percent(profile.on_target.mean), profile.on_target_source,
                        _range(profile.on_target, words)))  # fmt: skip
    return tuple(shown)


def _fee_figure(best: FormatReading, words: Words) -> Figure:
    span = f" ({_dollars(best.fee.low, words)}–{_dollars(best.fee.high, words)})"
    return Figure(f"for one {best.format}", _dollars(best.fee.mean, words), f"{best.fee_source}; {best.fee_why}", span)


def history_chart(profile: Profile, words: Words) -> Chart | None:
    """How the followers grew, with the notes people made."""
    if len(profile.history) < 2:
        return None
    question = f"How did the followers of {profile.called} grow?"
    points = tuple((float(moment.at.toordinal()), float(moment.followers)) for moment in profile.history)
    span = (points[0][0], points[-1][0])
    places = [
        Place(float(n.on.toordinal()), n.text[:40]) for n in profile.notes if span[0] <= n.on.toordinal() <= span[1]
    ]
    label = f"{question} From {words.number(points[0][1])} to {words.number(points[-1][1])}."
    write = (lambda x: words.day(date.fromordinal(round(x))), words.compact)
    lines = [Line("followers", tint(profile.tier), points, strong=True)]
    pictures = tuple(line_chart(lines, places[:MOST_NOTES], width, label, write) for width in WIDTHS)
    note = "Followers are potential, never called reach."
    return Chart(question, note, pictures, _history_grid(profile, question, words))


def _history_grid(profile: Profile, caption: str, words: Words) -> Grid:
    """Followers by day with what people noted; notes of other days stand below."""
    notes = {note.on: note.text for note in profile.notes}
    rows = [
        texts(words.day(m.at.date()), words.number(float(m.followers)), notes.pop(m.at.date(), ""))
        for m in profile.history
    ]
    rows += [texts(words.day(on), NOTHING, text) for on, text in sorted(notes.items())]
    return Grid(caption, (Column("day"), Column("followers", True), Column("note")), tuple(rows))


def formats_grid(profile: Profile, words: Words) -> Grid:
    """Rates, the next post and the fee of each format."""
    columns = (
        Column("format"), Column("own posts", True), Column("engagement", True), Column("next post: engagements", True),
        Column("next post: views", True), Column("fee", True),
    )  # fmt: skip
    return Grid("What a post brings and costs", columns, tuple(_format(each, words) for each in profile.formats))


def _format(each: FormatReading, words: Words) -> tuple[Cell, ...]:
    fee = f"{_dollars(each.fee.mean, words)} ({_dollars(each.fee.low, words)}–{_dollars(each.fee.high, words)})"
    return (
        Cell(each.format),
        Cell(words.whole(each.posts), (each.engagement_source,)),
        Cell(f"{_rate(each.engagement, words)}{_range(each.engagement, words)}", (f"of {each.engagement_of}",)),
        *texts(*(NOTHING if x is None else words.interval(x) for x in (each.next_engagements, each.next_views))),
        Cell(fee, (each.fee_source,)),
    )


def fields_grid(profile: Profile, words: Words) -> Grid:
    """Every field with its source and date; where sources disagree, all of them."""
    columns = (Column("field"), Column("value"), Column("source"), Column("as of"), Column("others say"))
    rows = tuple(
        (
            Cell(spoken(f.name), ("sources disagree",) if f.disputed else ()),
            *texts(f.value, f"{f.source}: {f.why}" if f.why else f.source, words.day(f.as_of), "; ".join(f.others)),
        )
        for f in profile.fields
    )
    return Grid("Who says so", columns, rows)


def accounts_grid(profile: Profile) -> Grid:
    """Other accounts taken to be the same person's."""
    columns = (Column("account"), Column("platform"), Column("why"))
    rows = tuple(texts(each.name, each.platform, each.why) for each in profile.accounts)
    return Grid("The same person elsewhere", columns, rows)


def _rate(value: Interval, words: Words) -> str:
    return words.percent(value.mean)


def _range(value: Interval, words: Words) -> str:
    return f" ({words.percent(value.low)}–{words.percent(value.high)})"


def _dollars(amount: float, words: Words) -> str:
    return words.money(float(f"{amount:.3g}"), "USD")
