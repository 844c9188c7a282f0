"""Orders and who is credited with them, one case a row.

A row is: what it shows; clicks; orders; what must come of them. Times are day:hour of May 2026 in UTC.

    click   mia@3:10          Mia's link was opened on the 3rd at 10:00; keys are k1, k2, … in the order of the row
            mia@3:10/v        … by the visitor v
            mia@3:10!bot      … filtered by the rule «bot»
            ivy@3:10          Ivy is in another campaign, «winter»; mia, leo and zoe are in «spring»
            spring@3:10       the link of the campaign itself
    code    MIA LEO ZOE IVY   are their creators'; ALL is for everybody
            OLD (ends 5:0), NEW (starts 20:0), TWO (counts for 2 orders) are Mia's
    order   100@10:12         an order of 100.00 USD on the 10th at noon; keys are o1, o2, … in the order of the row
            100EUR@10:12      … in euros
            +MIA +k1 /v       with a code, a click handed back, by the visitor v
            =mia              by Mia herself
            ~new ~old         the shop says that the customer is new, or bought before
            -30 -20           refunds
            ^40               its margin
            xx                cancelled

What comes: `mia 70.00` (who is credited, with what is kept), `nobody`, or why it is set aside; « | » between orders.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from asterism.measurement.attribution import attribute
from asterism.measurement.crediting import Attribution, Rule
from asterism.measurement.events import Click, Code, Order, Partner, Refund, Seen
from asterism.measurement.exchange import DatedRates
from asterism.quantities import Money

PARTNERS = (
    *(Partner(name, "spring", f"{name}_id", customer=f"customer {name}") for name in ("mia", "leo", "zoe")),
    Partner("ivy", "winter", "ivy_id", customer="customer ivy"),
)


def when(text: str) -> datetime:
    """`3:10:30:15` is the 3rd of May at 10:30:15 UTC; days below 1 lie in April."""
    days, hours, minutes, seconds = (*(int(part) for part in text.split(":")), 0, 0, 0)[:4]
    return datetime(2026, 4, 30, tzinfo=UTC) + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


CODES = (
    *(Code(name.upper(), name, "winter" if name == "ivy" else "spring") for name in ("mia", "leo", "zoe", "ivy")),
    Code("ALL"),
    Code("OLD", "mia", "spring", ends=when("5:0")),
    Code("NEW", "mia", "spring", starts=when("20:0")),
    Code("TWO", "mia", "spring", limit=2),
)
RATES = DatedRates.of(
    [
        ("EUR", date(2026, 5, 1), Decimal("1.10")),
        ("EUR", date(2026, 5, 11), Decimal("1.20")),
        ("GBP", date(2026, 5, 11), Decimal("1.30")),
    ]
)


def clicks(text: str) -> tuple[Click, ...]:
    found = []
    for n, word in enumerate(text.split(), start=1):
        whose, at, visitor, rule = re.fullmatch(r"(\w+)@([-:\d]+)(?:/(\w+))?(?:!(\w+))?", word).groups()
        own = whose in ("spring", "winter")
        campaign = whose if own else next(p.campaign for p in PARTNERS if p.key == whose)
        found.append(
            Click(f"k{n}", when(at), "" if own else whose, campaign, visitor=visitor or "", filtered=rule or "")
        )
    return tuple(found)


def order(text: str, key: str) -> Order:
    first, *rest = text.split()
    amount, currency, at = re.fullmatch(r"([\d.]+)([A-Z]{3})?@([:\d]+)", first).groups()
    currency = currency or "USD"

    def those(sign: str) -> tuple[str, ...]:
        return tuple(word[1:] for word in rest if word[0] == sign)

    known = [word for word in those("+") if re.fullmatch(r"k\d+", word)]
    new = {"new": True, "old": False}.get("".join(those("~")))
    return Order(
        key,
        when(at),
        Money(Decimal(amount), currency),
        codes=tuple(word for word in those("+") if word not in known),
        clicks=tuple(known),
        visitor="".join(those("/")),
        customer="".join(f"customer {who}" for who in those("=")),
        new_customer=new,
        margin=next((Money(Decimal(m), currency) for m in those("^")), None),
        cancelled="xx" in rest,
        refunds=tuple(
            Refund(f"{key}r{n}", when(at), Money(Decimal(part), currency)) for n, part in enumerate(those("-"))
        ),
    )


def orders(text: str) -> tuple[Order, ...]:
    return tuple(order(part.strip(), f"o{n}") for n, part in enumerate(text.split("|"), start=1))


def outcome(found: Attribution) -> str:
    """What came of each order, in the notation of the table."""
    said: dict[str, list[str]] = {}
    for credit in found.credits:
        whose = credit.partner or credit.campaign
        said.setdefault(credit.order, []).append(f"{whose} {credit.revenue_cents / 100:.2f}")
    said |= {aside.order: [aside.why] for aside in found.set_aside}
    said |= {other.order: ["nobody"] for other in found.unattributed}
    return " | ".join(" + ".join(sorted(said[key])) for key in sorted(said, key=lambda k: (len(k), k)))


LAST = """
    a code alone                           ;                         ; 100@10:12 +MIA            ; mia 100.00
    a click handed back alone              ; mia@3:10                ; 100@10:12 +k1             ; mia 100.00
    a click of the same visitor            ; mia@3:10/v              ; 100@10:12 /v              ; mia 100.00
    neither code nor click                 ; mia@3:10/v              ; 100@10:12 /w              ; nobody
    visitors forgotten are nobody's        ; mia@3:10                ; 100@10:12                 ; nobody
    a code goes before a later click       ; leo@9:10/v              ; 100@10:12 +MIA +k1 /v     ; mia 100.00
    two clicks, the last                   ; mia@3:10 leo@4:10       ; 100@10:12 +k1 +k2         ; leo 100.00
    two clicks handed back the wrong way   ; leo@4:10 mia@3:10       ; 100@10:12 +k2 +k1         ; leo 100.00
    the visitor's click came later         ; mia@3:10 leo@4:10/v     ; 100@10:12 +k1 /v          ; leo 100.00
    clicks at one instant, the later key   ; mia@3:10 leo@3:10       ; 100@10:12 +k1 +k2         ; leo 100.00
    a code that ended, a click instead     ; leo@9:10                ; 100@10:12 +OLD +k1        ; leo 100.00
    a code that ended, nothing else        ;                         ; 100@10:12 +OLD            ; nobody
    a code in its last second              ;                         ; 100@4:23:59:59 +OLD       ; mia 100.00
    a code at its end                      ;                         ; 100@5:0 +OLD              ; nobody
    a code that has not started            ;                         ; 100@19:23:59:59 +NEW      ; nobody
    a code at its start                    ;                         ; 100@20:0 +NEW             ; mia 100.00
    a limit reached; ; 9@1:1 +TWO | 8@2:1 +TWO | 7@3:1 +TWO; mia 9.00 | mia 8.00 | nobody
    a limit reached, out of order; ; 7@3:1 +TWO | 9@1:1 +TWO | 8@2:1 +TWO; nobody | mia 9.00 | mia 8.00
    a limit reached, a click instead; zoe@2:9; 9@1:1 +TWO | 8@2:1 +TWO | 7@3:1 +TWO +k1; mia 9.00 | mia 8.00 | zoe 7.00
    a cancelled order uses up no limit; ; 9@1:1 +TWO xx | 8@2:1 +TWO | 7@3:1 +TWO; cancelled | mia 8.00 | mia 7.00
    a returned order uses up the limit; ; 9@1:1 +TWO -9 | 8@2:1 +TWO | 7@3:1 +TWO; mia 0.00 | mia 8.00 | nobody
    orders at one instant, by their keys; ; 9@1:1 +TWO | 8@1:1 +TWO | 7@1:1 +TWO; mia 9.00 | mia 8.00 | nobody
    a code for everybody                   ;                         ; 100@10:12 +ALL            ; nobody
    a code for everybody and a click       ; leo@9:10                ; 100@10:12 +ALL +k1        ; leo 100.00
    a code for everybody and a creator's   ;                         ; 100@10:12 +ALL +ZOE       ; zoe 100.00
    an unknown code                        ;                         ; 100@10:12 +NOPE           ; nobody
    an unknown code and a click            ; leo@9:10                ; 100@10:12 +NOPE +k1       ; leo 100.00
    a code in small letters                ;                         ; 100@10:12 +mia            ; mia 100.00
    two creators' codes, the first used    ;                         ; 100@10:12 +LEO +MIA       ; leo 100.00
    two codes, the first has ended         ;                         ; 100@10:12 +OLD +LEO       ; leo 100.00
    a part given back                      ;                         ; 100@10:12 +MIA -30        ; mia 70.00
    all given back                         ;                         ; 100@10:12 +MIA -100       ; mia 0.00
    given back in steps, to the cent       ;                         ; 100@10:12 +MIA -33.33 -33.33 -33.33; mia 0.01
    given back after the click's window    ; mia@3:10                ; 100@10:12 +k1 -100        ; mia 0.00
    cancelled                              ;                         ; 100@10:12 +MIA xx         ; cancelled
    cancelled and nobody's                 ;                         ; 100@10:12 xx              ; cancelled
    nothing to pay                         ;                         ; 0@10:12 +MIA              ; mia 0.00
    euros at the rate of the day           ;                         ; 100EUR@10:12 +MIA         ; mia 110.00
    euros on the day of another rate       ;                         ; 100EUR@11:0 +MIA          ; mia 120.00
    euros in the last second before        ;                         ; 100EUR@10:23:59:59 +MIA   ; mia 110.00
    euros given back at the order's rate   ;                         ; 100EUR@10:12 +MIA -40     ; mia 66.00
    pounds before any rate                 ;                         ; 100GBP@10:12 +MIA         ; no_rate
    an unknown currency, and others; ; 9JPY@10:12 +MIA | 10@1:1 +LEO | 10GBP@11:0 +ZOE; no_rate | leo 10.00 | zoe 13.00
    by the creator's own code              ;                         ; 100@10:12 +MIA =mia       ; self_order
    by the creator's own link              ; mia@3:10                ; 100@10:12 +k1 =mia        ; self_order
    by a creator through another's code    ;                         ; 100@10:12 +LEO =mia       ; leo 100.00
    own click last, another's before       ; leo@3:10 mia@4:10       ; 100@10:12 +k1 +k2 =mia    ; leo 100.00
    own code, another's click              ; leo@3:10                ; 100@10:12 +MIA +k1 =mia   ; leo 100.00
    own code, own click                    ; mia@3:10                ; 100@10:12 +MIA +k1 =mia   ; self_order
    a customer who bought before           ;                         ; 100@10:12 +MIA ~old       ; mia 100.00
    a filtered click                       ; mia@3:10!bot            ; 100@10:12 +k1             ; nobody
    a filtered click of the same visitor   ; leo@3:9/v mia@3:10/v!bot; 100@10:12 /v              ; leo 100.00
    an unknown click                       ;                         ; 100@10:12 +k9             ; nobody
    a click after the order                ; mia@10:13/v             ; 100@10:12 +k1 /v          ; nobody
    a click handed back, clocks 5 min off  ; mia@10:12:5             ; 100@10:12 +k1             ; mia 100.00
    a click handed back, a second more     ; mia@10:12:5:1           ; 100@10:12 +k1             ; nobody
    a visitor's click after the order      ; mia@10:12:0:1/v         ; 100@10:12 /v              ; nobody
    a visitor's click at the order's time  ; mia@10:12/v             ; 100@10:12 /v              ; mia 100.00
    exactly at the edge of the window      ; mia@1:12                ; 100@31:12 +k1             ; mia 100.00
    one second past the window             ; mia@1:12                ; 100@31:12:0:1 +k1         ; nobody
    a visitor exactly at the edge          ; mia@1:12/v              ; 100@31:12 /v              ; mia 100.00
    a visitor one second past              ; mia@1:12/v              ; 100@31:12:0:1 /v          ; nobody
    two campaigns, the last click          ; mia@3:10/v ivy@4:10/v   ; 100@10:12 /v              ; ivy 100.00
    the campaign's own link                ; spring@3:10             ; 100@10:12 +k1             ; spring 100.00
    the campaign's own link after Mia's    ; mia@3:10 spring@4:10    ; 100@10:12 +k1 +k2         ; spring 100.00
    orders in any order; mia@3:10/v leo@5:10/v; 1@6:1 /v | 2@4:1 /v | 3@2:1 /v; leo 1.00 | mia 2.00 | nobody
"""

FIRST = """
    two clicks, the first                  ; mia@3:10 leo@4:10       ; 100@10:12 +k1 +k2         ; mia 100.00
    clicks at one instant, the first key   ; mia@3:10 leo@3:10       ; 100@10:12 +k1 +k2         ; mia 100.00
    two creators' codes, first click       ;                         ; 100@10:12 +LEO +MIA       ; leo 100.00
    first click, the first is too old      ; mia@1:12 leo@2:12       ; 100@31:13 +k1 +k2         ; leo 100.00
"""

LINEAR = """
    a code goes before clicks, linear too  ; leo@8:1/v leo@9:1/v     ; 100@10:12 +MIA /v         ; mia 100.00
    the code and the link of one creator   ; mia@9:10                ; 100@10:12 +MIA +k1        ; mia 100.00
    two clicks shared                      ; mia@3:10 leo@4:10       ; 100@10:12 +k1 +k2         ; leo 50.00 + mia 50.00
    three clicks, odd cents; mia@3:10 leo@4:10 zoe@5:10; 100@10:12 +k1 +k2 +k3; leo 33.34 + mia 33.33 + zoe 33.33
    three clicks, one cent; mia@3:10 leo@4:10 zoe@5:10; 0.01@10:12 +k1 +k2 +k3; leo 0.01 + mia 0.00 + zoe 0.00
    three clicks, two of one creator       ; mia@3:10 leo@4:10 mia@5:10; 100@10:12 +k1 +k2 +k3; leo 33.33 + mia 66.67
    handed back and known by visitor       ; mia@3:10/v leo@4:10/v   ; 100@10:12 +k1 /v          ; leo 50.00 + mia 50.00
    two creators' codes, shared            ;                         ; 100@10:12 +LEO +MIA       ; leo 50.00 + mia 50.00
    one code twice                         ;                         ; 100@10:12 +LEO +leo +MIA  ; leo 50.00 + mia 50.00
    a shared part given back; mia@3:10 leo@4:10 zoe@5:10; 100@10:12 +k1 +k2 +k3 -0.01; leo 33.33 + mia 33.33 + zoe 33.33
    two campaigns, shared                  ; mia@3:10/v ivy@4:10/v   ; 99.99@10:12 /v            ; ivy 50.00 + mia 49.99
    the campaign's own link, shared        ; mia@3:10 spring@4:10; 100@10:12 +k1 +k2; mia 50.00 + spring 50.00
"""

CASES = [
    pytest.param(rule, *(cell.strip() for cell in row.split(";")[1:]), id=row.split(";")[0].strip())
    for rule, table in (("last_click", LAST), ("first_click", FIRST), ("linear", LINEAR))
    for row in table.strip().splitlines()
]


@pytest.mark.parametrize(("rule", "clicked", "ordered", "expected"), CASES)
def test_an_order_is_credited_as_the_table_says(rule: str, clicked: str, ordered: str, expected: str) -> None:
    seen = Seen(PARTNERS, clicks(clicked), CODES, orders(ordered))
    assert outcome(attribute(seen, Rule(rule), "USD", RATES)) == expected


def test_the_table_has_no_two_cases_of_one_name() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 40


NOTES = [
    ("unknown", "", "100@10:12 +NOPE", "unknown_code", "The code NOPE is not known."),
    ("ended", "", "100@10:12 +OLD", "expired", "The code OLD ended on 2026-05-05 00:00 UTC, before the order."),
    ("not started", "", "100@10:12 +NEW", "not_started", "The code NEW starts on 2026-05-20 00:00 UTC"),
    ("limit", "", "1@1:1 +TWO | 1@2:1 +TWO | 1@3:1 +TWO", "over_limit", "The code TWO counts for 2 orders"),
    ("unknown click", "", "100@10:12 +k9", "unknown_click", "The click k9 is not known."),
    ("filtered", "mia@3:10!bot", "100@10:12 +k1", "filtered", "no person's by the rule «bot»"),
    ("after", "mia@10:13", "100@10:12 +k1", "after_order", "came 1:00:00 after the order"),
    ("too old", "mia@0:12", "100@31:12 +k1", "outside_window", "came 31 days, 0:00:00 before the order"),
]


@pytest.mark.parametrize(("clicked", "ordered", "why", "says"), [n[1:] for n in NOTES], ids=[n[0] for n in NOTES])
def test_what_does_not_count_says_why(clicked: str, ordered: str, why: str, says: str) -> None:
    (note,) = attribute(Seen(PARTNERS, clicks(clicked), CODES, orders(ordered)), Rule(), "USD", RATES).notes
    assert (note.why, says in note.says) == (why, True)


BERLIN, KIRITIMATI = ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=14))
SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 10, 25, tzinfo=BERLIN)
BEFORE, AFTER = AUTUMN.replace(hour=1, minute=30), AUTUMN.replace(hour=2, minute=30, fold=1)
MAY_1, MAY_2 = datetime(2026, 5, 1, 12, tzinfo=UTC), datetime(2026, 5, 2, 1, tzinfo=KIRITIMATI)
ZONES = [
    # Clocks go from 2:00 to 3:00: between 1:59 and 3:01 lie two minutes.
    ("spring", SPRING.replace(hour=1, minute=59), SPRING.replace(hour=3, minute=1), timedelta(minutes=2), "mia 100.00"),
    # 2:00 comes twice: what the clock face calls one hour are two.
    ("autumn, outside", BEFORE, AFTER, timedelta(minutes=119), "nobody"),
    ("autumn, inside", BEFORE, AFTER, timedelta(hours=2), "mia 100.00"),
    ("across offsets", MAY_2, MAY_1, timedelta(hours=1), "mia 100.00"),
    ("a later date that is earlier", MAY_1, MAY_2, timedelta(days=30), "nobody"),
]


@pytest.mark.parametrize(
    ("clicked", "ordered", "window", "expected"), [z[1:] for z in ZONES], ids=[z[0] for z in ZONES]
)
def test_windows_are_counted_in_moments_not_clock_faces(
    clicked: datetime, ordered: datetime, window: timedelta, expected: str
) -> None:
    click = Click("k1", clicked, "mia", "spring", visitor="v")
    bought = Order("o1", ordered, Money(Decimal(100), "USD"), visitor="v")
    found = attribute(Seen(PARTNERS, (click,), CODES, (bought,)), Rule(window=window), "USD", RATES)
    assert outcome(found) == expected


def test_the_day_of_a_rate_is_the_day_in_utc_wherever_the_shop_is() -> None:
    """It is the 11th already in Kiritimati, where the rate of the 10th still holds."""
    at = datetime(2026, 5, 11, 10, 0, tzinfo=KIRITIMATI)
    bought = Order("o1", at, Money(Decimal(100), "EUR"), codes=("MIA",))
    assert outcome(attribute(Seen(PARTNERS, (), CODES, (bought,)), Rule(), "USD", RATES)) == "mia 110.00"


def test_a_rule_may_set_returning_customers_aside() -> None:
    seen = Seen(PARTNERS, (), CODES, orders("1@1:1 +MIA ~old | 2@1:1 +MIA ~new | 3@1:1 +MIA | 4@1:1 ~old"))
    rule = Rule(returning="set_aside")
    assert outcome(attribute(seen, rule, "USD", RATES)) == "returning | mia 2.00 | mia 3.00 | nobody"


def test_a_rule_may_count_what_creators_order_themselves() -> None:
    seen = Seen(PARTNERS, clicks("leo@3:1 mia@4:1"), CODES, orders("1@5:1 +MIA =mia | 2@5:1 +k1 +k2 =mia"))
    assert outcome(attribute(seen, Rule(self_orders="counted"), "USD", RATES)) == "mia 1.00 | mia 2.00"
