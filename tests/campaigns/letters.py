"""Letters given: one rich value that fills every field, and ways to bend it."""

from dataclasses import replace
from datetime import date

from asterism.campaigns.documents.given import (
    Addressee,
    Deliverable,
    Link,
    Merge,
    Moment,
    Outline,
    Privacy,
    Sender,
    Terms,
)
from asterism.quantities import Money

RICH = Merge(
    Sender("Northwind", "Petra Lang", "Partnerships", "Northwind GmbH, Hafenweg 3, 20457 Hamburg"),
    Addressee("Lena Roth", "lena.bakes", "instagram", "micro", "everyday baking", ("warm", "step by step")),
    Outline(
        "the spring launch",
        "conversions",
        date(2027, 3, 1),
        date(2027, 4, 12),
        "a hand mixer without a cable",
        "It lasts for three cakes on one charge",
        "Try it with the code LENA10.",
        ("#northwind", "#cakes"),
        (Link("Product page", "https://northwind.example/mixer?a=1&b=2"),),
        ("Show it in your own kitchen",),
        ("Comparisons with named rivals",),
        ("Blades: say that it is unplugged before cleaning",),
        ("DE", "EU"),
    ),
    Moment(
        date(2027, 1, 15),
        date(2027, 1, 25),
        "https://studio.example/p/abc",
        "https://studio.example/o/abc",
        "the first Reel",
        ("The charge lasts three cakes, not five", "The word Werbung is missing on the second Story"),
        ("41,200 people reached", "312 orders"),
        "a box of spring flour",
        "six months with one post a month",
    ),
    Terms(
        Money.parse("1200 EUR"),
        "the mixer",
        (Deliverable(2, "reel", date(2027, 3, 8)), Deliverable(1, "story", date(2027, 3, 9), note="with the link")),
        6,
        ("our website", "our newsletter"),
        3,
        ("Kettler", "Mixwell"),
    ),
    Privacy(
        "privacy@northwind.example",
        "Your public profile on Instagram, read on 12 January 2027",
        ("name and handle", "public posts and their counts"),
        "legitimate_interests",
        "Nobody outside the company",
        "None takes place",
        24,
    ),
)


def to(name: str = "Lena Roth", platform: str = "instagram", tier: str = "micro", given: Merge = RICH) -> Merge:
    """The rich value, for another creator."""
    return replace(given, creator=replace(given.creator, name=name, platform=platform, tier=tier))
