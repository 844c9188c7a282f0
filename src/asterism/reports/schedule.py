"""When: the phases, the days of every post, and what the follow-up owes to the opening, in words."""

from asterism.planning.plan import Flight, Phase, Plan, Post
from asterism.reports.grid import Column, Grid, texts
from asterism.reports.words import Words, spoken


def phases_grid(plan: Plan, words: Words, caption: str = "When") -> Grid:
    """The parts of the campaign with their dates, or their weeks where no start is set."""
    columns = (Column("phase"), Column("dates"), Column("goal"), Column("tiers"), Column("budget", True))
    rows = tuple(
        texts(
            spoken(phase.name),
            span(phase, words),
            spoken(phase.goal),
            ", ".join(phase.tiers),
            words.money(phase.budget, plan.currency),
        )
        for phase in plan.phases
    )
    return Grid(caption, columns, rows)


def span(phase: Phase, words: Words) -> str:
    """The dates of a phase, or its weeks where no start is set.

    >>> span(Phase("open", None, None, "awareness", 0.0, (), (1, 3)), Words())
    'weeks 1–3'
    """
    if phase.start is not None or phase.end is not None:
        return words.days(phase.start, phase.end)
    first, last = phase.weeks
    return f"week {first}" if first == last else f"weeks {first}–{last}"


def flights_grid(plan: Plan, words: Words) -> Grid:
    """Each pick's posts with their days, in the order in which the first of them goes out."""
    columns = (Column("creator"), Column("platform"), Column("phase"), Column("posts"))
    listed = sorted(plan.flights, key=lambda flight: [(post.week, str(post.day)) for post in flight.posts])
    rows = tuple(texts(f.handle, f.platform, spoken(f.phase), posts(f, words)) for f in listed)
    return Grid("Each post, at most one a week per creator", columns, rows)


def posts(flight: Flight, words: Words) -> str:
    """The formats of a flight with their days, as `reel 1 Dec 2026, story 9 Dec 2026`."""
    return ", ".join(f"{post.format} {when(post, words)}" for post in flight.posts)


def when(post: Post, words: Words) -> str:
    """The day of a post, or its week where no start is set."""
    return words.day(post.day) if post.day else f"week {post.week}"


def hand_over_sentence(plan: Plan, words: Words) -> str:
    """What the second phase would be without the first; empty for a campaign of one phase."""
    told = plan.hand_over
    if told is None:
        return ""
    share = words.percent(told.primed / told.after) if told.after > 0 else words.percent(0.0)
    rule = "retargets those the opening reached" if told.rule == "retarget" else "extends to those it did not reach"
    why = "as the brief says" if told.stated else f"{share} of its buyers met the opening"
    return (
        f"Without the opening the follow-up would find {words.number(told.alone)} buyers instead of "
        f"{words.number(told.after)}. It mostly {rule}: {why}."
    )
