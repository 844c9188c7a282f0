"""The post that is judged: its text, where it stands, and what a text alone cannot show."""

from dataclasses import dataclass

from asterism.campaigns.disclosure.folding import Folded, fold
from asterism.campaigns.disclosure.marks import marks_of
from asterism.campaigns.disclosure.negation import Sorted, sort_out


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text stands: country, platform, format, and whether the platform's own label is on."""

    jurisdiction: str = "US"
    platform: str = "instagram"
    format: str = "post"
    platform_label: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody knows of the post beside its text; None where nobody said.

    Parameters
    ----------
    language
        What the audience reads, ISO 639-1.
    spoken
        The disclosure is said aloud.
    on_screen
        It is shown in the picture.
    whole_duration
        It is shown, or in a live stream repeated, from beginning to end.
    """

    language: str | None = None
    spoken: bool | None = None
    on_screen: bool | None = None
    whole_duration: bool | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A text with its marks sorted out, its setting and the facts."""

    setting: Setting
    facts: Facts
    folded: Folded
    read: Sorted
    language: str = ""

    @classmethod
    def of(cls, text: str, setting: Setting, facts: Facts) -> "Post":
        """The post of a text as it was written."""
        folded = fold(text)
        return cls(setting, facts, folded, sort_out(folded, marks_of(folded)))

    @property
    def is_in_content(self) -> bool:
        """Whether the disclosure is known to be heard or seen in the content itself."""
        return bool(self.facts.spoken or self.facts.on_screen)
