"""On whom the reach of a campaign is counted: people kept by the worker, or a prior, and which of them it was."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from asterism.desk.kept_people import KeptPeople, kept_people
from asterism.desk.studio.beliefs import believed
from asterism.measurement.ledger import Return
from asterism.store.catalogue import Catalogue
from asterism.store.ledger.models import Campaign
from asterism.store.ledger.places import catalogue_of, shelf_of
from asterism.store.ledger.seats import Seat
from asterism.store.shelves import standing_versions

TELLING: Final = ("creators", "posts", "comments", "audiences", "followers", "overlaps")
"""The kinds of table that tell whom creators reach."""
PRIOR: Final = "so people shared between creators are taken out by a prior"


@dataclass(frozen=True, slots=True)
class People:
    """The people kept for a campaign, and the state that catalogue, beliefs and brief are in; empty without creators.

    `on` is the day on which the people were counted, in the workspace's time.
    """

    kept: KeptPeople | None
    edition: str
    on: str = ""

    @property
    def mark(self) -> tuple[Any, ...]:
        """What is different where other people are kept, or another state stands."""
        return self.edition, self.kept and (self.kept.edition, self.kept.made_at)

    def due(self, result: Return) -> bool:
        """Whether the worker would count on other people than these."""
        if not self.edition or not (wanted := _reaching(result)):
            return False
        return self.kept is None or self.kept.edition != self.edition or not wanted <= self.kept.asked

    def says(self, result: Return) -> str:
        """What the reach of a ledger was counted on; empty where no reach is known."""
        wanted = _reaching(result)
        if not wanted:
            return ""
        if self.kept is None:
            why = "The catalogue was not looked at yet" if self.edition else "The catalogue holds no creators"
            return f"{why}, {PRIOR}."
        lacking = wanted - set(self.kept.samples.creators)
        if lacking:
            have = "has" if len(lacking) == 1 else "have"
            return f"{len(lacking)} of {len(wanted)} creators {have} no audience in the catalogue, {PRIOR}."
        return f"Counted on the people a plan would be made on, from the catalogue as of {self.on}."


def people_of(seat: Seat, campaign: Campaign) -> People:
    """The people kept for a campaign; who asks has been let in already."""
    kept = kept_people(shelf_of(seat.workspace), name_of(campaign))
    on = kept.made_at.astimezone(ZoneInfo(seat.workspace.timezone)).date().isoformat() if kept else ""
    return People(kept, edition_of_people(seat, campaign, versions_of(seat)), on)


def versions_of(seat: Seat) -> dict[str, int]:
    """The versions that the tables of the workspace's catalogue stand at."""
    return standing_versions(Catalogue(catalogue_of(seat.workspace)))


def edition_of_people(seat: Seat, campaign: Campaign, versions: dict[str, int]) -> str:
    """The state that decides which people a campaign's creators reach; empty where there are no creators."""
    if "creators" not in versions:
        return ""
    told = {kind: number for kind, number in versions.items() if kind in TELLING}
    brief = hashlib.sha256(json.dumps(campaign.brief, sort_keys=True).encode()).digest()
    return believed(seat).edition({**told, "brief": int.from_bytes(brief[:6])})


def _reaching(result: Return) -> set[str]:
    known = [line.partner for line in result.lines if line.partner.key and line.delivered.reach]
    return {f"{partner.creator_id or partner.key}@{partner.platform}" for partner in known}


def name_of(campaign: Campaign) -> str:
    """The name under which a campaign's people are kept."""
    return f"people-{campaign.pk}"
