"""`/campaigns/{campaign}/survey`, `/survey-answers`: how people heard of it, and what that makes of tracked orders."""

from datetime import datetime
from typing import Any

from ninja import File, Form, Path, Query, Router, Schema
from ninja.files import UploadedFile

from asterism.desk.studio import surveys as desk
from asterism.desk.studio.survey_page import survey_page
from asterism.faces.api.orders import OfCampaign, RejectedOut, brought
from asterism.faces.api.setup import seat_of
from asterism.faces.api.shapes import At, Key, Page, asks, paged

router = Router(tags=["Survey"])
all_answers = Router(tags=["Survey"])


class SurveyAnswerOut(Schema):
    """An answer; `channel` is `creator` or another way, `collaboration_id` whom it names."""

    id: int
    campaign_id: int
    key: str
    at: datetime
    channel: str
    collaboration_id: int | None
    tier: str
    order_key: str


class BroughtAnswersOut(Schema):
    """What became of answers; `row` counts them from 1 as they were sent, or is the line of the file."""

    taken: int
    repeated: int
    rejected: int
    rejects: list[RejectedOut]


class MultiplierOut(Schema):
    """What a tier truly sold by what people say, per what was tracked; ranges of 80% with mean, low and high."""

    tier: str
    answers: int
    naming: int
    tracked: float
    customers: int
    told: bool
    says: str
    capped: bool
    projected: dict[str, float] | None
    value: dict[str, float] | None
    revenue_cents: dict[str, float] | None


class SurveyOut(Schema):
    """The survey in a sentence, how its answers are taken, and the multiplier of each tier, `all` last."""

    sentence: str
    taken_as: str
    answers: int
    cap: float
    multipliers: list[MultiplierOut]


@router.get("", **asks("see", SurveyOut))
def read_survey(request: Any, campaign: Path[Key]) -> Any:
    """What answers make of tracked orders."""
    shown = survey_page(seat_of(request), campaign)
    return {
        "sentence": shown.sentence, "taken_as": shown.doubt, "answers": shown.answers, "cap": float(shown.cap),
        "multipliers": [_out(one) for one in shown.multipliers],
    }  # fmt: skip


@router.get("/answers", **asks("see", Page[SurveyAnswerOut]))
def list_survey_answers(request: Any, campaign: Path[Key], at: Query[At]) -> Any:
    """The answers of a campaign, the newest first."""
    return paged(request, at, desk.all_answers(seat_of(request), campaign))


@router.post("/answers", **asks("import", BroughtAnswersOut))
def bring_answers(request: Any, campaign: Path[Key], wish: desk.SaidAnswers) -> Any:
    """Send answers, up to 1,000; one that is known by its key changes nothing."""
    return desk.bring_answers(seat_of(request), campaign, wish)


@router.post("/answer", **asks("import", BroughtAnswersOut))
def add_answer(request: Any, campaign: Path[Key], wish: desk.SaidAnswer) -> Any:
    """Send one answer; what is wrong with it is a refusal."""
    return desk.add_answer(seat_of(request), campaign, wish)


@all_answers.post("/files", **asks("import", BroughtAnswersOut))
def bring_answer_file(request: Any, file: UploadedFile = File(...), of: OfCampaign = Form(...)) -> Any:  # noqa: B008 — ninja reads them
    """Bring a table of a campaign's answers: key or order, at, channel, creator or code or tier."""
    return desk.bring_answer_file(seat_of(request), of.campaign, brought(file))


@all_answers.delete("/{answer}", **asks("import"))
def remove_answer(request: Any, answer: Key) -> None:
    """Forget an answer that was entered wrongly."""
    desk.remove_answer(seat_of(request), answer)


def _out(one: Any) -> dict[str, Any]:
    plain = ("tier", "answers", "naming", "tracked", "customers", "told", "says", "capped")
    spans = ("projected", "value", "revenue_cents")
    return {name: getattr(one, name) for name in plain} | {
        name: found.to_dict() if (found := getattr(one, name)) else None for name in spans
    }
