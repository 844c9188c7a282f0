"""Links, codes and clicks at the desk."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from asterism.desk.studio import click_log, code_files, codes, links, qr_codes
from asterism.desk.studio.clicks import forget_visitors
from asterism.desk.studio.codes import CodesWish, CodeWish
from asterism.desk.studio.links import LinkWish
from asterism.desk.studio.tracking import sentence, standing, tracked_for, tracking_of
from asterism.errors import BadInput, Conflict, NotAllowed, NotFound
from asterism.store.ledger import models as m
from asterism.store.ledger.codes import uses_of
from asterism.store.ledger.scope import add, save
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
SHOP = "https://shop.test/p"


@pytest.fixture
def here():
    return place()


@pytest.fixture
def seat(here):
    return here.owner


@pytest.fixture
def spring(seat):
    made = campaign(seat)
    collaboration(seat, made, creator(seat, "ana", name="Ana Ruiz"))
    collaboration(seat, made, creator(seat, "bea", name="Bea", platform="tiktok"))
    collaboration(seat, made, creator(seat, "cem", name="Cem"), state="declined")
    return made


def of(seat, handle):
    return m.Collaboration.objects.get(workspace=seat.workspace, creator__handle=handle)


def order(seat, n, words, cancelled=None):
    shop = m.Shop.objects.filter(workspace=seat.workspace).first()
    shop = shop or add(seat, m.Shop, name="Shop", kind="generic", key=f"shop-{seat.workspace.pk}")
    money = {"currency": "USD", "cents": 1_000}
    return add(
        seat, m.Order, shop=shop, key=str(n), at=NOW, codes=words, changed_at=NOW, cancelled_at=cancelled, **money
    )


def click(seat, link, n, filtered="", **fields):
    at = fields.pop("at", NOW)
    return add(seat, m.Click, link=link, key=f"k{link.pk}-{n}", at=at, filtered=filtered, **fields)


def table(text, name="codes.csv"):
    return (name, [text.encode()], 1_000_000)


def rows_of(made):
    return list(csv.DictReader(io.StringIO(made[1].decode())))


def test_everybody_who_works_on_a_campaign_gets_a_link_filled_in_for_them(seat, spring):
    made = links.make_links(seat, spring.pk, LinkWish(target=SHOP, label="story"))
    common = {"utm_medium": "creator", "utm_campaign": "spring-launch"}
    assert {link.collaboration.creator.handle: link.utm for link in made} == {
        "ana": {"utm_source": "instagram", **common, "utm_content": "ana"},
        "bea": {"utm_source": "tiktok", **common, "utm_content": "bea"},
    }
    assert len({link.code for link in made}) == 2
    told = m.Event.objects.get(action="links.made")
    assert (told.campaign, told.facts) == (spring.pk, {"count": 2})


def test_who_has_an_open_link_gets_no_second_one_unless_asked_for(seat, spring):
    first = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    assert links.make_links(seat, spring.pk, LinkWish(target=SHOP)) == []
    links.end_link(seat, first[0].pk)
    assert len(links.make_links(seat, spring.pk, LinkWish(target=SHOP))) == 1
    assert len(links.make_links(seat, spring.pk, LinkWish(target=SHOP, who="everyone"))) == 2


def test_a_link_may_be_the_campaigns_own_or_one_creators(seat, spring):
    (own,) = links.make_links(seat, spring.pk, LinkWish(target=SHOP, who="campaign"))
    assert (own.collaboration, own.utm) == (None, {"utm_medium": "creator", "utm_campaign": "spring-launch"})
    (one,) = links.make_links(seat, spring.pk, LinkWish(target=SHOP, collaboration=of(seat, "cem").pk))
    assert one.collaboration.creator.handle == "cem"


def test_a_creator_of_another_campaign_or_workspace_gets_no_link_here(seat, spring):
    autumn = campaign(seat, "Autumn")
    with pytest.raises(BadInput, match="not on this campaign"):
        links.make_links(seat, autumn.pk, LinkWish(target=SHOP, collaboration=of(seat, "ana").pk))
    other = place("Other").owner
    with pytest.raises(NotFound, match="no such"):
        links.make_links(other, campaign(other).pk, LinkWish(target=SHOP, collaboration=of(seat, "ana").pk))
    assert spring.links.count() == 0


@pytest.mark.parametrize(
    ("wish", "says"),
    [({"target": "javascript:alert(1)"}, "no address"), ({"target": "http://127.0.0.1:8000/r/abc"}, "studio itself"),
     ({"target": SHOP, "utm_source": "{who}"}, "stands for nothing")],
    ids=["no page", "a link of ours", "an unknown word"],
)  # fmt: skip
def test_what_cannot_be_led_to_makes_no_link_at_all(seat, spring, wish, says):
    with pytest.raises(BadInput, match=says):
        links.make_links(seat, spring.pk, LinkWish(**wish))
    assert not m.Link.objects.exists()


def test_a_link_ends_once(seat, spring):
    (link, _) = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    ended = links.end_link(seat, link.pk).ended_at
    assert (links.end_link(seat, link.pk).ended_at, m.Event.objects.filter(action="link.ended").count()) == (ended, 1)


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_may_not_run_campaigns_makes_and_ends_nothing(here, seat, spring, role):
    (link, _) = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    code = codes.make_code(seat, spring.pk, CodeWish(word="SITE", sitewide=True))
    deeds = (
        lambda lesser: links.make_links(lesser, spring.pk, LinkWish(target=SHOP)),
        lambda lesser: links.end_link(lesser, link.pk),
        lambda lesser: codes.make_codes(lesser, spring.pk, CodesWish()),
        lambda lesser: codes.make_code(lesser, spring.pk, CodeWish(word="NEW", sitewide=True)),
        lambda lesser: codes.revoke_code(lesser, code.pk),
        lambda lesser: code_files.bring_codes(lesser, spring.pk, table("code,creator\nA15,ana\n")),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed, match="may not do that"):
            deed(here.seat(role))


def test_codes_by_a_pattern_are_each_a_word_of_their_own(seat, spring):
    codes.make_code(seat, spring.pk, CodeWish(word="ana15", sitewide=True))
    made = codes.make_codes(seat, spring.pk, CodesWish(pattern="{FIRST}15", discount="15%", limit=100))
    assert {code.collaboration.creator.handle: code.word for code in made} == {"ana": "ANA15-2", "bea": "BEA15"}
    assert {(code.discount, code.limit) for code in made} == {("15%", 100)}
    assert codes.make_codes(seat, spring.pk, CodesWish()) == []
    assert len(codes.make_codes(seat, spring.pk, CodesWish(pattern="{HANDLE}{N}", who="everyone"))) == 2


def test_a_window_is_in_the_days_of_the_workspace(seat, spring):
    seat.workspace.timezone = "America/New_York"
    wish = CodeWish(word="SITE", sitewide=True, first=date(2026, 12, 1), last=date(2026, 12, 24))
    made = codes.make_code(seat, spring.pk, wish)
    assert (made.starts_at, made.ends_at) == (
        datetime(2026, 12, 1, 5, tzinfo=UTC),
        datetime(2026, 12, 25, 5, tzinfo=UTC),
    )


def test_a_word_stands_once_in_a_workspace_and_again_in_another(seat, spring):
    codes.make_code(seat, spring.pk, CodeWish(word="SITE", sitewide=True))
    with pytest.raises(Conflict, match="SITE stands already"):
        codes.make_code(seat, campaign(seat, "Autumn").pk, CodeWish(word="site", sitewide=True))
    other = place("Other").owner
    assert codes.make_code(other, campaign(other).pk, CodeWish(word="SITE", sitewide=True)).word == "SITE"


@pytest.mark.parametrize("both", [True, False], ids=["both", "neither"])
def test_a_code_is_one_creators_or_for_everybody(seat, spring, both):
    with pytest.raises(BadInput, match="one creator's, or for everybody"):
        codes.make_code(
            seat, spring.pk, CodeWish(word="X15", sitewide=both, collaboration=of(seat, "ana").pk if both else None)
        )


def test_a_revoked_code_ends_at_once_and_its_word_stays_taken(seat, spring):
    code = codes.make_code(seat, spring.pk, CodeWish(word="SITE", sitewide=True))
    assert codes.revoke_code(seat, code.pk).revoked_at == seat.now
    with pytest.raises(Conflict, match="stands already"):
        codes.make_code(seat, spring.pk, CodeWish(word="SITE", sitewide=True))


def test_orders_that_carry_a_code_are_counted_once_each_and_cancelled_ones_are_not(seat, spring):
    order(seat, 1, ["ANA15", "SITE"])
    order(seat, 2, ["ANA15"])
    order(seat, 3, ["ANA15"], cancelled=NOW)
    order(place("Other").owner, 4, ["ANA15"])
    assert uses_of(seat, ["ANA15", "SITE", "BEA15"]) == {"ANA15": 2, "SITE": 1}
    assert uses_of(seat, []) == {}


def test_a_table_of_codes_is_taken_row_by_row(seat, spring):
    codes.make_code(seat, spring.pk, CodeWish(word="SITE", sitewide=True))
    text = (
        "Code;Creator;Sitewide;Discount;First day;Last day;Limit\n"
        "ana15;@Ana;;15%;2026-12-01;2026-12-24;100\n"
        "bea15;c-bea;;;;;\n"
        "BEA15;bea;;;;;\n"
        "WINTER;;yes;;;;\n"
        "x!;ana;;;;;\n"
        "ZOE15;zoe;;;;;\n"
        "NOBODY;;;;;;\n"
        "SITE;ana;;;;;\n"
        "ANA16;ana;maybe;;;;\n"
        "ANA17;ana;;;2026-13-45;;\n"
        "ANA18;ana;;;;;0\n"
        "ANA19;ana;;;2026-12-24;2026-12-01;\n"
        ";ana;;;;;\n"
        "ANA20;ana;;;;9999-12-31;\n"
    )
    made = code_files.bring_codes(seat, spring.pk, table(text))
    assert (made.rows, made.taken, made.repeated, made.rejected) == (14, 3, 1, 10)
    assert {(one.row, one.column) for one in made.rejects} == {
        (6, "Code"), (7, "Creator"), (8, "Creator"), (9, "Code"), (10, "Sitewide"), (11, "First day"),
        (12, "Limit"), (13, "Last day"), (14, "Code"), (15, "Last day"),
    }  # fmt: skip
    assert all(one.reason for one in made.rejects)
    ana = m.PromoCode.objects.get(word="ANA15")
    assert (ana.collaboration, ana.discount, ana.limit) == (of(seat, "ana"), "15%", 100)
    assert ana.ends_at == datetime(2026, 12, 25, tzinfo=UTC)
    again = code_files.bring_codes(seat, spring.pk, table(text))
    assert (again.taken, again.repeated) == (0, 4)


def test_two_creators_of_one_name_are_not_told_apart_by_guessing(seat, spring):
    collaboration(seat, spring, creator(seat, "ana", creator_id="c-ana-2", platform="tiktok"))
    made = code_files.bring_codes(seat, spring.pk, table("code,creator\nANA15,ana\nANA16,c-ana-2\n"))
    assert made.taken == 1
    assert made.rejects[0].reason.startswith("Several creators of this campaign are called so.")


@pytest.mark.parametrize(
    ("brought", "says"),
    [(table("name,colour\na,b\n"), "no column for"),
     (table("code,creator\n" + "A15,ana\n" * 2_001), "at once")],
    ids=["other columns", "too many"],
)  # fmt: skip
def test_a_file_that_is_no_table_of_codes_is_refused(seat, spring, brought, says):
    with pytest.raises(BadInput, match=says):
        code_files.bring_codes(seat, spring.pk, brought)
    assert not m.PromoCode.objects.exists()


def test_codes_that_were_taken_away_can_be_brought_again_elsewhere(seat, spring):
    wish = {"first": date(2026, 12, 1), "last": date(2026, 12, 24), "limit": 7}
    codes.make_codes(seat, spring.pk, CodesWish(discount="=1+1", **wish))
    order(seat, 1, ["ANA15"])
    name, content = code_files.code_sheet(seat, spring.pk)
    assert name == "spring-launch-codes.csv"
    lines = {line["code"]: line for line in rows_of((name, content))}
    assert (lines["ANA15"]["orders so far"], lines["BEA15"]["orders so far"]) == ("1", "0")
    assert lines["ANA15"]["discount"] == "'=1+1"
    before = m.PromoCode.objects.get(word="ANA15")
    m.PromoCode.objects.all().delete()
    assert code_files.bring_codes(seat, spring.pk, (name, [content], 1_000_000)).taken == 2
    after = m.PromoCode.objects.get(word="ANA15")
    assert (after.starts_at, after.ends_at, after.limit) == (before.starts_at, before.ends_at, 7)


def test_the_page_says_first_how_a_campaign_is_tracked(seat, spring):
    ana, _ = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    codes.make_codes(seat, spring.pk, CodesWish())
    for n, rule in enumerate(("", "", "bot", "bot", "head")):
        click(seat, ana, n, rule)
    order(seat, 1, ["ANA15"])
    page = tracking_of(seat, spring.pk)
    assert page.sentence == "2 links and 2 codes: 2 clicks by people, 3 left out as no person’s."
    assert [(one.rule, one.count) for one in page.filtered] == [("head", 1), ("bot", 2)]
    line = page.lines[0]
    assert (line.name, line.counted, line.filtered, line.uses) == ("Ana Ruiz", 2, 3, 1)
    assert line.links[0].address == f"http://127.0.0.1:8000/r/{ana.code}"
    assert [one.name for one in page.lines] == ["Ana Ruiz", "Bea"]
    assert page.rules == "visits 1"


def test_who_declined_stands_on_the_page_only_with_something_to_show(seat, spring):
    links.make_links(seat, spring.pk, LinkWish(target=SHOP, collaboration=of(seat, "cem").pk))
    page = tracking_of(seat, spring.pk)
    assert [one.name for one in page.lines] == ["Ana Ruiz", "Bea", "Cem"]
    assert [name for _, name in page.people] == ["Ana Ruiz", "Bea"]


def test_many_creators_take_as_many_questions_as_few(seat, spring, django_assert_max_num_queries):
    for n in range(60):
        collaboration(seat, spring, creator(seat, f"d{n}"))
    links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    codes.make_codes(seat, spring.pk, CodesWish(pattern="{HANDLE}{N}"))
    with django_assert_max_num_queries(6):
        page = tracking_of(seat, spring.pk, 2)
    assert (page.number, page.of, len(page.lines)) == (2, 2, 12)
    assert tracking_of(seat, spring.pk, 99).number == 2


@pytest.mark.parametrize(
    ("fields", "uses", "says"),
    [({}, 0, "open"), ({"revoked_at": NOW}, 0, "revoked"), ({"ends_at": NOW}, 0, "over"), ({"limit": 2}, 2, "used up"),
     ({"starts_at": NOW + timedelta(1)}, 0, "not yet"), ({"ends_at": NOW + timedelta(1), "limit": 2}, 1, "open")],
)  # fmt: skip
def test_how_a_code_stands(fields, uses, says):
    assert standing(m.PromoCode(word="X15", **fields), uses, NOW)[0] == says


def test_a_sentence_without_links_speaks_of_codes_alone():
    assert sentence(0, 2, 0, 0) == "0 links and 2 codes."
    assert sentence(1, 0, 1, 0) == "1 link and 0 codes: 1 click by people, none left out."


def test_a_creator_is_given_what_is_open_and_theirs(seat, spring):
    links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    ana = of(seat, "ana")
    ended = links.make_links(seat, spring.pk, LinkWish(target=SHOP, collaboration=ana.pk))[0]
    links.end_link(seat, ended.pk)
    codes.make_codes(seat, spring.pk, CodesWish())
    over = codes.make_code(seat, spring.pk, CodeWish(word="OLD", collaboration=ana.pk))
    save(seat, over, ends_at=NOW)
    addresses, words = tracked_for(seat, ana)
    assert (len(addresses), [one.row.word for one in words]) == (1, ["ANA15"])


def test_the_log_is_shown_page_by_page_the_newest_first(seat, spring):
    ana, bea = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    for n in range(120):
        click(seat, ana, n, "" if n % 2 else "bot")
    click(seat, bea, 0)
    page = click_log.click_page(seat, spring.pk, click_log.ClickFilter(page=2))
    assert (page.total, page.number, page.of, len(page.lines)) == (121, 2, 2, 21)
    first = click_log.click_page(seat, spring.pk, click_log.ClickFilter()).lines[0]
    assert (first.name, first.says) == ("Bea", "")
    counts = {
        show: click_log.click_page(seat, spring.pk, click_log.ClickFilter(show=show)).total
        for show in ("counted", "filtered", "bot", "head")
    }
    assert counts == {"counted": 61, "filtered": 60, "bot": 60, "head": 0}
    assert click_log.clicks_of(seat, spring.pk, click_log.ClickFilter(link=bea.pk)).count() == 1
    of_one = click_log.click_page(seat, spring.pk, click_log.ClickFilter(show="counted", link=bea.pk))
    assert of_one.query == f"?show=counted&link={bea.pk}&page="
    assert page.query == "?show=all&page="


def test_the_log_is_taken_away_without_visitors_and_opens_in_a_spreadsheet(seat, spring):
    (ana, _) = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    save(seat, ana.collaboration.creator, name="=cmd()")
    click(seat, ana, 1, "bot", visitor="hash-of-somebody", referrer="tiktok.com", agent="other")
    name, content = click_log.click_file(seat, spring.pk, "csv")
    (line,) = rows_of((name, content))
    assert (line["creator"], line["referrer"], line["filtered"]) == ("'=cmd()", "tiktok.com", "bot")
    (same,) = json.loads(click_log.click_file(seat, spring.pk, "json")[1])
    assert (same["key"], same["creator"]) == (line["key"], "=cmd()")
    assert "hash-of-somebody" not in content.decode() + json.dumps(same)


def test_an_empty_log_is_a_table_without_rows(seat, spring):
    assert json.loads(click_log.click_file(seat, spring.pk, "json")[1]) == []
    assert rows_of(click_log.click_file(seat, spring.pk, "csv")) == []
    assert rows_of(qr_codes.link_sheet(seat, spring.pk)) == []
    assert rows_of(code_files.code_sheet(seat, spring.pk)) == []


def test_a_link_is_drawn_as_a_code_that_can_be_printed(seat, spring):
    (ana, _) = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    name, svg = qr_codes.qr_of(seat, ana.pk, "svg")
    assert name == f"link-{ana.code}.svg"
    assert b"<svg" in svg
    assert qr_codes.qr_of(seat, ana.pk, "png")[1].startswith(b"\x89PNG")


def test_the_sheet_of_links_holds_each_with_its_codes(seat, spring):
    links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    links.make_links(seat, spring.pk, LinkWish(target=SHOP, who="campaign"))
    codes.make_codes(seat, spring.pk, CodesWish())
    lines = {line["creator"]: line for line in rows_of(qr_codes.link_sheet(seat, spring.pk))}
    assert lines["Ana Ruiz"]["promo codes"] == "ANA15"
    assert lines["Bea"]["utm_source"] == "tiktok"
    assert lines["The campaign itself"]["link"].startswith("http://127.0.0.1:8000/r/")


def test_only_open_links_are_printed(seat, spring):
    ana, _ = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    links.end_link(seat, ana.pk)
    assert [card.name for card in qr_codes.qr_page(seat, spring.pk).cards] == ["Bea"]


def test_visitors_are_forgotten_once_their_window_is_over_and_what_they_joined_stays_joined(seat, spring):
    (ana, _) = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    day = timedelta(days=1)
    ancient = click(seat, ana, 0, visitor="v", at=NOW - 33 * day)  # more than a window before the order
    old = click(seat, ana, 1, visitor="v", at=NOW - 31 * day)
    bot = click(seat, ana, 2, "bot", visitor="v", at=NOW - 31 * day)
    young = click(seat, ana, 3, visitor="v", at=NOW - 29 * day)
    late = click(seat, ana, 4, visitor="v", at=NOW - day)
    bought = order(seat, 1, [])
    save(seat, bought, visitor="v", at=NOW - 2 * day)
    before = order(seat, 2, [])
    save(seat, before, visitor="v", at=NOW - 40 * day)
    assert forget_visitors(NOW) == 4
    assert dict(m.Click.objects.values_list("pk", "visitor")) == {
        ancient.pk: "",
        old.pk: "",
        bot.pk: "",
        young.pk: "v",
        late.pk: "v",
    }
    bought.refresh_from_db()
    before.refresh_from_db()
    assert (bought.visitor, bought.clicks) == ("v", [old.key, young.key])
    assert (before.visitor, before.clicks) == ("", [])
    assert forget_visitors(NOW) == 0


def test_a_workspace_says_how_long_its_window_is(seat, spring):
    (ana, _) = links.make_links(seat, spring.pk, LinkWish(target=SHOP))
    click(seat, ana, 1, visitor="v", at=NOW - timedelta(days=8))
    assert forget_visitors(NOW) == 0
    seat.workspace.options = {"window_days": 7}
    seat.workspace.save()
    assert forget_visitors(NOW) == 1
