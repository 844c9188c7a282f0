"""Who is meant: collaborations by their key, their creator or the handle."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from asterism.measurement.ledger import Deal


@dataclass(frozen=True, slots=True)
class Directory:
    """The keys of collaborations by every name they go by, in lower case without @."""

    keys: Mapping[str, tuple[str, ...]]
    deals: Mapping[str, Deal]

    @classmethod
    def of(cls, deals: Iterable[Deal]) -> "Directory":
        """The names of some deals; a key of its own goes before a creator of that name."""
        named: defaultdict[str, dict[str, None]] = defaultdict(dict)
        own: dict[str, tuple[str, ...]] = {}
        by_key = {deal.partner.key: deal for deal in deals}
        for key, deal in by_key.items():
            own[bare(key)] = (key,)
            for name in (deal.partner.creator_id, deal.handle):
                if name:
                    named[bare(name)][key] = None
        return cls({**{name: tuple(keys) for name, keys in named.items()}, **own}, by_key)

    def find(self, name: str, campaign: str = "") -> Deal | str:
        """The one collaboration of that name, in a campaign where one is named; else why there is none."""
        found = self.all(name)
        if campaign:
            found = tuple(deal for deal in found if deal.partner.campaign in (campaign, ""))
        if not found:
            return "no deal has this key, creator or handle"
        if len(found) > 1:
            return f"{len(found)} deals are with this creator: name one by its key"
        return found[0]

    def all(self, name: str) -> tuple[Deal, ...]:
        """Every collaboration of that name."""
        return tuple(self.deals[key] for key in self.keys.get(bare(name), ()))


def bare(name: str) -> str:
    """A name as it is compared: lower case, without @ and spaces around."""
    return name.strip().lstrip("@").casefold()
