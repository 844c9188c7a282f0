"""What a workspace's orders are credited to, worked out once per state of the evidence and currency."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from asterism.desk.studio.remembered import newest
from asterism.desk.studio.seen import seen
from asterism.desk.studio.workspace import options_of
from asterism.measurement.attribution import attribute
from asterism.measurement.crediting import Attribution, Rule
from asterism.measurement.economics import Economics
from asterism.measurement.events import Partner, Seen
from asterism.measurement.exchange import DatedRates
from asterism.measurement.leakage import Leak, leaks
from asterism.store.ledger.models import Rate
from asterism.store.ledger.results import freshness
from asterism.store.ledger.scope import rows
from asterism.store.ledger.seats import Seat


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen in a workspace, in short, and who is credited with it.

    Parameters
    ----------
    partners
        Every collaboration by its key.
    clicks
        Openings held to be persons', by collaboration; those of a campaign's own link by ("", campaign).
    filtered
        Openings that were filtered, by campaign and rule.
    leaks
        Signs of leaking codes, with the campaign each code is of.
    leaky
        Keys of collaborations whose codes may have leaked.
    shop_keys
        Orders' keys as their shops call them → as attribution does, where only one shop has it.
    """

    attribution: Attribution
    partners: Mapping[str, Partner]
    clicks: Mapping[tuple[str, str], int]
    filtered: Mapping[str, Mapping[str, int]]
    leaks: tuple[tuple[str, Leak], ...]
    shop_keys: Mapping[str, str]
    leaky: frozenset[str] = frozenset()


def rule_of(seat: Seat) -> Rule:
    """The workspace's rule of attribution."""
    options = options_of(seat.workspace)
    return Rule(options.attribution, window=timedelta(days=options.window_days))


def economics_of(seat: Seat) -> Economics:
    """The margin of orders that do not state theirs, as the workspace's owner set it."""
    return Economics.parse(options_of(seat.workspace).margin)


def rates_of(seat: Seat) -> DatedRates:
    """The exchange rates that the workspace was given."""
    return DatedRates.of(rows(seat, Rate).order_by("on", "pk").values_list("currency", "on", "usd"))


def measured(seat: Seat, currency: str, stand: tuple[object, ...] = ()) -> Measured:
    """Who is credited with the workspace's orders, in cents of a currency; `stand` is the evidence's, where known."""
    rule = rule_of(seat)
    return newest(
        seat, ("measured", currency), (rule, stand or freshness(seat)), lambda: _measured(seat, rule, currency)
    )


def _measured(seat: Seat, rule: Rule, currency: str) -> Measured:
    found = seen(seat)
    campaigns = {code.word: code.campaign for code in found.codes}
    signs = leaks(found)
    words = {leak.code for leak in signs}
    return Measured(
        attribution=attribute(found, rule, currency, rates_of(seat)),
        partners={partner.key: partner for partner in found.partners},
        clicks=Counter((click.partner, click.campaign) for click in found.clicks if click.counted),
        filtered=_filtered(found),
        leaks=tuple((campaigns.get(leak.code, ""), leak) for leak in signs),
        shop_keys=_shop_keys(found),
        leaky=frozenset(code.partner for code in found.codes if code.partner and code.word in words),
    )


def _filtered(found: Seen) -> dict[str, Counter[str]]:
    by: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for click in found.clicks:
        if click.filtered:
            by[click.campaign][click.filtered] += 1
    return dict(by)


def _shop_keys(found: Seen) -> dict[str, str]:
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for order in found.orders:
        keys[order.key.partition(":")[2]].append(order.key)
    return {own: whole[0] for own, whole in keys.items() if len(whole) == 1}
