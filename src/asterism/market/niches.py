"""The niches of the simulated market: whom each interests, and the words it is spoken of with."""

from dataclasses import dataclass
from typing import Final

from asterism.errors import BadInput

AGES: Final = ("13-17", "18-24", "25-34", "35-44", "45-54", "55+")
GENDERS: Final = ("female", "male")


@dataclass(frozen=True, slots=True)
class Niche:
    """A field of interest.

    Parameters
    ----------
    name
        The word creators and people share.
    popularity
        How common the interest is, relative to the others.
    female_lean
        Log of how many times more it interests women than the average person; below 0 it interests men more.
    peak_age
        Position in `AGES` of the age it interests most.
    words
        What its captions and bios speak of.
    """

    name: str
    popularity: float
    female_lean: float
    peak_age: int
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.popularity <= 0 or not self.words or not 0 <= self.peak_age < len(AGES):
            raise BadInput(f"Niche {self.name} needs a popularity above 0, words, and a peak age among {AGES}.")


NICHES: Final = (
    Niche("fashion", 1.4, 0.5, 1, ("outfit", "denim", "thrift find", "capsule wardrobe", "knitwear", "streetwear")),
    Niche("beauty", 1.3, 0.9, 1, ("skincare", "lip tint", "serum", "lash look", "clean makeup", "night routine")),
    Niche("fitness", 1.2, 0.0, 2, ("leg day", "mobility", "protein bowl", "10k training", "home workout", "deadlift")),
    Niche("food", 1.5, 0.2, 2, ("weeknight pasta", "sourdough", "ramen", "meal prep", "street food", "brunch")),
    Niche("travel", 1.2, 0.1, 2, ("hidden beach", "train journey", "city guide", "packing list", "island", "hostel")),
    Niche("gaming", 1.3, -0.8, 1, ("speedrun", "boss fight", "patch notes", "co-op", "indie game", "ranked match")),
    Niche("tech", 1.0, -0.7, 2, ("unboxing", "camera test", "desk setup", "battery life", "smart home", "laptop")),
    Niche("parenting", 0.9, 0.7, 3, ("toddler", "school run", "lunchbox", "nap time", "family day", "baby gear")),
    Niche("home", 0.8, 0.4, 3, ("plant corner", "paint colour", "small flat", "flea market", "shelf", "garden")),
    Niche("music", 1.0, -0.1, 1, ("cover song", "bedroom studio", "vinyl", "live set", "guitar", "new single")),
    Niche("pets", 0.7, 0.3, 3, ("rescue dog", "kitten", "agility", "vet visit", "long walk", "treat recipe")),
    Niche("finance", 0.5, -0.5, 3, ("index fund", "budget", "side income", "savings", "first flat", "tax return")),
)
"""The niches of the default market."""
