"""What is wanted: goal, budget, audience, niche, platforms, dates and limits."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from asterism.creators.schema import FORMATS, PLATFORMS
from asterism.creators.tiers import TierScheme, scheme
from asterism.errors import AsterismError, BadBrief, did_you_mean
from asterism.quantities import Exchange, Money

Goal = Literal["awareness", "effective_reach", "engagement", "conversions", "profit"]
Occasion = Literal["launch", "test", "local", "always_on"]
Positioning = Literal["mass", "premium", "luxury"]
HandOverRule = Literal["retarget", "extend"]

DEFAULTED: Final = (
    "platforms", "weeks", "limits.max_creators", "limits.posts_per_creator", "limits.min_authenticity",
    "economics.handling_per_creator", "tier_scheme",
)  # fmt: skip
"""Fields whose defaults shape a plan; the plan lists those it used."""


def _money(value: object) -> Money:
    if isinstance(value, Money):
        return value
    return Money.parse(str(value))


def _words(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _spans(value: object) -> object:
    if isinstance(value, str | date | Mapping):
        value = [value]
    if not isinstance(value, list | tuple):
        raise ValueError("give a list of dates or of { from = …, to = … }")
    return [{"from": day, "to": day} if isinstance(day, str | date) else day for day in value]


Amount = Annotated[Money, BeforeValidator(_money)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True)


class Audience(_Part):
    """Whom the brand wants to reach; an empty field means everybody."""

    countries: Words = ()
    regions: Words = ()
    cities: Words = ()
    languages: Words = ()
    ages: Words = ()
    genders: Words = ()

    @property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """The buckets wanted per audience dimension; dimensions without a wish are left out."""
        plural = {"country": self.countries, "region": self.regions, "city": self.cities,
                  "language": self.languages, "age": self.ages, "gender": self.genders}  # fmt: skip
        return {dimension: buckets for dimension, buckets in plural.items() if buckets}


class Blackout(_Part):
    """Days, both ends included, on which nothing is published."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> "Blackout":
        if self.start > self.end:
            raise ValueError(f"from ({self.start}) is after to ({self.end})")
        return self


class ShareLimit(_Part):
    """A part of the budget, 0 to 1, at least and at most."""

    min: float = Field(default=0.0, ge=0, le=1)
    max: float = Field(default=1.0, ge=0, le=1)

    @model_validator(mode="after")
    def _ordered(self) -> "ShareLimit":
        if self.min > self.max:
            raise ValueError("min is above max")
        return self


class Limits(_Part):
    """What the plan may not exceed, and who must or must not be in it."""

    max_creators: int = Field(default=40, ge=1)
    posts_per_creator: int = Field(default=3, ge=1, le=30)
    min_authenticity: float = Field(default=0.0, ge=0, le=1)
    frequency_cap: int | None = Field(default=None, ge=1, le=50)
    include: Words = ()
    exclude: Words = ()
    tier_share: dict[str, ShareLimit] = Field(default_factory=dict)
    platform_share: dict[str, ShareLimit] = Field(default_factory=dict)


class Economics(_Part):
    """What a sale earns, and what each collaboration costs besides the fee."""

    margin_per_sale: Amount | None = None
    handling_per_creator: Amount = Money(Decimal(60), "USD")


class AddOns(_Part):
    """What is bought besides the posts: rights for some months, boosting, delivery within days; nothing by default."""

    usage_months: float = Field(default=0.0, ge=0, le=120)
    exclusivity_months: float = Field(default=0.0, ge=0, le=120)
    boost: bool = False
    rush: bool = False


class Brief(_Part):
    """A brand's wish, as the user wrote it; only `goal` and `budget` are required.

    >>> Brief(goal="awareness", budget="20000 USD").limits.max_creators
    40
    """

    name: str = "Untitled"
    goal: Goal
    budget: Amount
    platforms: Words = ()
    niche: Words = ()
    formats: Words = ()
    style: Words = ()
    occasion: Occasion | None = None
    start: date | None = None
    weeks: int = Field(default=8, ge=1, le=104)
    blackout: Annotated[tuple[Blackout, ...], BeforeValidator(_spans)] = ()
    hand_over: HandOverRule | None = None
    frequency: int = Field(default=3, ge=1, le=20)
    tier_scheme: str | dict[str, float] = "industry"
    price_positioning: Positioning | None = None
    product_price: Amount | None = None
    competitors: Words = ()
    universe: float | None = Field(default=None, gt=0)
    audience: Audience = Audience()
    limits: Limits = Limits()
    economics: Economics = Economics()
    add_ons: AddOns = AddOns()
    fx: dict[str, float] = Field(default_factory=dict)

    def __init__(self, /, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise _as_bad_brief(error) from None

    @field_validator("budget")
    @classmethod
    def _positive(cls, budget: Money) -> Money:
        if budget.amount <= 0:
            raise ValueError("must be above 0")
        return budget

    @field_validator("platforms", "formats")
    @classmethod
    def _known(cls, words: tuple[str, ...], info: Any) -> tuple[str, ...]:
        known = list(PLATFORMS if info.field_name == "platforms" else FORMATS)
        lowered = tuple(word.lower() for word in words)
        for word in lowered:
            if word not in known:
                raise BadBrief(f"`{word}` is not known.", did_you_mean(word, known))
        return lowered

    @field_validator("fx")
    @classmethod
    def _rates(cls, fx: dict[str, float]) -> dict[str, float]:
        if any(not rate > 0 for rate in fx.values()):
            raise ValueError("every rate must be above 0")
        return {currency.upper(): rate for currency, rate in fx.items()}

    @model_validator(mode="after")
    def _sound(self) -> "Brief":
        scheme(self.tier_scheme)
        if self.goal == "profit" and self.economics.margin_per_sale is None:
            raise ValueError("economics.margin_per_sale is needed for the goal profit, as in `6 USD`")
        if self.blackout and self.start is None:
            raise BadBrief("`blackout` names days, and the brief has no `start`.", "Add `start = 2026-12-01`.")
        known = (*self.tiers.names, "nano", "micro", "macro", "mega")
        for tier in self.limits.tier_share:
            if tier not in known:
                raise BadBrief(f"limits.tier_share names `{tier}`.", did_you_mean(tier, list(dict.fromkeys(known))))
        return self

    @property
    def tiers(self) -> TierScheme:
        """The tier scheme, resolved."""
        return scheme(self.tier_scheme)

    @property
    def exchange(self) -> Exchange:
        """The exchange rates of the brief's `[fx]`."""
        return Exchange(dict(self.fx))

    @property
    def defaults_used(self) -> list[str]:
        """Which of `DEFAULTED` the user left to us; an occasion that sets the number of posts leaves none."""
        decided = {"limits.posts_per_creator"} if self.occasion in ("test", "always_on") else set()
        return [name for name in DEFAULTED if not _was_set(self, name) and name not in decided]


def _was_set(part: BaseModel, dotted: str) -> bool:
    first, _, rest = dotted.partition(".")
    if first not in part.model_fields_set:
        return False
    return _was_set(getattr(part, first), rest) if rest else True


def read_brief(fields: Mapping[str, Any]) -> Brief:
    """The brief of a parsed TOML or JSON document.

    Raises
    ------
    BadBrief
        A field is unknown («did you mean»), missing or unsound.
    """
    return Brief(**fields)


def _known_fields(location: tuple[str | int, ...]) -> list[str]:
    part: type[BaseModel] = Brief
    for step in location:
        if step == "blackout":
            return ["from", "to"]
        inner = part.model_fields[step].annotation if isinstance(step, str) and step in part.model_fields else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            part = inner
    return list(part.model_fields)


def _as_bad_brief(error: ValidationError) -> BadBrief:
    found = error.errors()
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])
    where = ".".join(str(step) for step in first["loc"] if step not in ("str", "dict[str,float]"))
    cause = first.get("ctx", {}).get("error")
    if first["type"] == "extra_forbidden":
        fix = did_you_mean(str(first["loc"][-1]), _known_fields(first["loc"][:-1]))
        return BadBrief(f"The brief has an unknown field `{where}`.", fix, where)
    if first["type"] == "missing":
        return BadBrief(f"The brief lacks `{where}`.", f"Add `{where} = …`.", where)
    if isinstance(cause, AsterismError):
        return BadBrief(f"`{where or 'brief'}`: {cause.what}", cause.fix, where)
    message = str(cause if cause is not None else first["msg"]).rstrip(".?")
    return BadBrief(
        f"The brief's `{where}` cannot be used: {message}." if where else f"The brief: {message}.", "", where
    )
