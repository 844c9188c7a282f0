"""Links, codes and clicks on their pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asterism.desk.studio.codes import CodesWish, make_codes
from asterism.desk.studio.links import LinkWish, make_links
from asterism.store.ledger import models as m
from asterism.store.ledger.scope import add, save
from asterism.store.ledger.secrets import secret_hash
from tests.studio import NOW, campaign, collaboration, creator, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
SHOP = "https://shop.test/p"
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'"


@pytest.fixture
def here():
    return place()


@pytest.fixture
def spring(here):
    made = campaign(here.owner)
    collaboration(here.owner, made, creator(here.owner, "ana", name="Ana Ruiz"))
    return made


@pytest.fixture
def at(spring):
    return f"/w/aurora/campaigns/{spring.pk}/tracking"


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_page_teaches_and_offers_the_next_step_to_who_may_take_it(here, at):
    shown = read(here.client("manager"), at)
    assert "Nothing is tracked yet" in shown
    assert 'href="#make"' in shown
    viewer = read(here.client("viewer"), at)
    assert "A manager can make them" in viewer
    assert "<form" not in viewer.split("<main")[1]


def test_links_and_codes_are_made_and_stand_on_the_page(here, spring, at):
    client = here.client("manager")
    assert client.post(f"{at}/links/make", {"target": SHOP, "who": "missing", "utm_source": "{platform}"}).url == at
    client.post(f"{at}/codes/make", {"pattern": "{FIRST}15", "who": "missing", "last": "2026-12-24", "limit": "1000"})
    client.post(f"{at}/codes/add", {"word": "site10", "sitewide": "true", "discount": "10%"})
    shown = read(client, at)
    link = m.Link.objects.get()
    assert f"http://127.0.0.1:8000/r/{link.code}" in shown
    for words in ("ANA15", "SITE10", "until 24 Dec 2026", "for 1,000 orders", "1 link and 2 codes"):
        assert words in shown


def test_figures_and_rules_stand_beside_each_other(here, spring, at):
    (link,) = make_links(here.owner, spring.pk, LinkWish(target=SHOP))
    for n, rule in enumerate(("", "", "", "bot")):
        add(here.owner, m.Click, link=link, key=str(n), at=NOW, filtered=rule)
    shown = read(here.client("viewer"), at)
    assert "3 clicks by people, 1 left out" in shown
    assert "came from a robot that says so" in shown
    log = read(here.client("viewer"), f"{at}/clicks?show=bot")
    assert "1 click: left out by bot" in log
    assert "No such click yet" in read(here.client("viewer"), f"{at}/clicks?show=unheard")


def test_a_link_is_ended_and_a_code_revoked_by_its_button(here, spring, at):
    (link,), (code,) = (
        make_links(here.owner, spring.pk, LinkWish(target=SHOP)),
        make_codes(here.owner, spring.pk, CodesWish()),
    )
    client = here.client("manager")
    client.post(f"/w/aurora/links/{link.pk}/end")
    client.post(f"/w/aurora/codes/{code.pk}/revoke")
    shown = read(client, at)
    assert "ended" in shown
    assert "revoked" in shown
    assert f"/links/{link.pk}/end" not in shown


@pytest.mark.parametrize(
    ("where", "fields", "says"),
    [
        ("links/make", {}, "`target` is empty"),
        ("links/make", {"target": "javascript:alert(1)"}, "no address of a page"),
        ("links/make", {"target": SHOP, "utm_source": "{x}"}, "stands for nothing"),
        ("codes/make", {"pattern": "SAME"}, "same code"),
        ("codes/add", {"word": "a b!"}, "promo code"),
        ("codes/add", {"word": "ANA15"}, "one creator"),
        ("codes/add", {"word": "ANA15", "sitewide": "true", "first": "2026-12-24", "last": "2026-12-01"}, "before the"),
        ("codes/upload", {}, "No file"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_and_nothing_is_made(here, at, where, fields, says):
    answer = here.client("manager").post(f"{at}/{where}", fields)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not m.Link.objects.exists()
    assert not m.PromoCode.objects.exists()


def test_a_table_of_codes_is_answered_row_by_row(here, at):
    table = SimpleUploadedFile("codes.csv", b"code,creator\nANA15,ana\n<b>X</b>,ana\n")
    shown = here.client("manager").post(f"{at}/codes/upload", {"file": table}).content.decode()
    assert "1 of 2 rows are new codes, 1 could not be used" in shown
    assert "&lt;b&gt;X&lt;/b&gt;" in shown
    assert "<b>X</b>" not in shown


def test_files_are_saved_and_never_shown(here, spring, at):
    (link,) = make_links(here.owner, spring.pk, LinkWish(target=SHOP))
    client = here.client("viewer")
    kinds = {
        f"{at}/links.csv": "text/csv", f"{at}/codes.csv": "text/csv", f"{at}/clicks.csv": "text/csv",
        f"{at}/clicks.json": "application/json", f"/w/aurora/links/{link.pk}/qr.svg": "image/svg+xml",
        f"/w/aurora/links/{link.pk}/qr.png": "image/png",
    }  # fmt: skip
    for path, kind in kinds.items():
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_qr_codes_are_printed_with_the_address_that_they_hold(here, spring, at):
    assert "No open link" in read(here.client("viewer"), f"{at}/qr")
    (link,) = make_links(here.owner, spring.pk, LinkWish(target=SHOP))
    shown = read(here.client("viewer"), f"{at}/qr")
    assert f'alt="QR code that opens http://127.0.0.1:8000/r/{link.code}"' in shown


def test_hostile_words_are_shown_as_words(here, spring, at):
    save(here.owner, spring, name=HOSTILE)
    save(here.owner, m.Creator.objects.get(), name=HOSTILE, handle=HOSTILE)
    (link,) = make_links(here.owner, spring.pk, LinkWish(target=SHOP, label=HOSTILE))
    make_codes(here.owner, spring.pk, CodesWish(pattern="{RANDOM}", discount=HOSTILE[:40]))
    add(here.owner, m.Click, link=link, key="k", at=NOW, referrer=HOSTILE, agent=HOSTILE[:24], filtered="bot")
    for path in (at, f"{at}/clicks", f"{at}/qr"):
        shown = read(here.client("manager"), path)
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown
        assert "{{ 7*7 }}" in shown


def test_ids_of_fields_are_told_apart_form_by_form(here, at):
    shown = read(here.client("manager"), at)
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_a_page_of_many_asks_few_questions(here, spring, at, django_assert_max_num_queries):
    for n in range(70):
        collaboration(here.owner, spring, creator(here.owner, f"b{n}"))
    make_links(here.owner, spring.pk, LinkWish(target=SHOP))
    make_codes(here.owner, spring.pk, CodesWish(pattern="{HANDLE}{N}"))
    link = m.Link.objects.first()
    m.Click.objects.bulk_create(
        m.Click(workspace=here.owner.workspace, made_at=NOW, link=link, key=f"{n}", at=NOW) for n in range(200)
    )
    client = here.client("viewer")
    for path in (at, f"{at}/clicks", f"{at}/qr"):
        with django_assert_max_num_queries(12):
            read(client, path)


def test_a_creator_sees_their_own_link_and_code_and_nobody_elses(here, spring):
    bea = collaboration(here.owner, spring, creator(here.owner, "bea"))
    links = make_links(here.owner, spring.pk, LinkWish(target=SHOP))
    make_codes(here.owner, spring.pk, CodesWish(discount="15%"))
    ana = spring.collaborations.exclude(pk=bea.pk).get()
    save(here.owner, ana, secret_hash=secret_hash("ana-secret"), secret_expires_at=NOW.replace(year=2090))
    shown = read(here.client(), "/c/ana-secret/")
    mine = next(link for link in links if link.collaboration_id == ana.pk)
    assert f"/r/{mine.code}" in shown
    assert "ANA15" in shown
    assert "BEA15" not in shown
    assert all(f"/r/{link.code}" not in shown for link in links if link is not mine)


def test_the_board_leads_to_links_and_codes(here, spring, at):
    assert f'href="{at}"' in read(here.client("viewer"), f"/w/aurora/campaigns/{spring.pk}/")
