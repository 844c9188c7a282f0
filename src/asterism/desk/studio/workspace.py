"""What the owner sets for a workspace: its name, money, time zone, and the terms that new work starts from."""

from typing import Any, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, Field, ValidationInfo, field_validator

from asterism.campaigns.disclosure.rules import JURISDICTIONS
from asterism.errors import BadInput
from asterism.measurement.economics import Economics
from asterism.measurement.recall import Recall
from asterism.store.ledger.models import Workspace
from asterism.store.ledger.scope import together
from asterism.store.ledger.seats import Seat
from asterism.store.ledger.trail import record
from asterism.store.ledger.workspaces import change_workspace


class Options(BaseModel):
    """A workspace's options, each with the default that new workspaces start from."""

    name: str = Field(max_length=120, min_length=1)
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")
    timezone: str = "UTC"
    agency: str = Field(default="", max_length=120)
    jurisdiction: str = "US"
    payment_days: int = Field(default=30, ge=0, le=180)
    usage_months: int = Field(default=0, ge=0, le=120)
    exclusivity_months: int = Field(default=0, ge=0, le=120)
    letters_per_day: int = Field(default=50, ge=0, le=5000)
    days_between_letters: int = Field(default=3, ge=0, le=365)
    retention_months: int = Field(default=24, ge=1, le=120)
    attribution: Literal["last_click", "first_click", "linear"] = "last_click"
    window_days: int = Field(default=30, ge=1, le=365)
    margin: str = Field(default="", max_length=20)
    survey_recall: str = Field(default="", max_length=20)
    survey_error: str = Field(default="", max_length=20)
    reply_to: str = Field(default="", max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")

    @field_validator("timezone")
    @classmethod
    def _known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError("write it as in Europe/Berlin")
        return zone

    @field_validator("margin")
    @classmethod
    def _read(cls, words: str) -> str:
        try:
            Economics.parse(words)
        except BadInput as error:
            raise ValueError(error.fix) from None
        return words.strip()

    @field_validator("survey_recall")
    @classmethod
    def _recalled(cls, words: str) -> str:
        _check_stated(words, "")
        return words.strip()

    @field_validator("survey_error")
    @classmethod
    def _erring(cls, words: str, given: ValidationInfo) -> str:
        _check_stated(given.data.get("survey_recall", ""), words)
        return words.strip()

    @field_validator("jurisdiction")
    @classmethod
    def _ruled(cls, words: str) -> str:
        if words.upper() not in JURISDICTIONS:
            raise ValueError(f"choose one of {', '.join(JURISDICTIONS)}")
        return words.upper()


def _check_stated(recall: str, error: str) -> None:
    """Refuse a recall and an error that do not go together."""
    try:
        Recall.parse(recall, error)
    except BadInput as refused:
        raise ValueError(f"{refused.what} {refused.fix}") from None


def recall_of(workspace: Workspace) -> Recall:
    """How well the workspace holds buyers to know what brought them."""
    options = options_of(workspace)
    return Recall.parse(options.survey_recall, options.survey_error)


def options_of(workspace: Workspace) -> Options:
    """The options of a workspace, defaults filled in."""
    own = {"name": workspace.name, "currency": workspace.currency, "timezone": workspace.timezone}
    return Options(**{**workspace.options, **own})


def change_options(seat: Seat, wish: Options) -> None:
    """Set the options; what changed is written in the trail."""
    seat.insist("workspace")
    before, after = options_of(seat.workspace).model_dump(), wish.model_dump()
    changed: dict[str, Any] = {name: value for name, value in after.items() if before[name] != value}
    with together():
        change_workspace(seat, after)
        record(seat, "workspace.changed", what=sorted(changed))
