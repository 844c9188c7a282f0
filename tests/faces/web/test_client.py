"""The client's page: no login, only the chosen fields, an answer for each creator, and nothing once it is closed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from asterism.desk.studio.sharing import NewLink, revoke, share
from asterism.desk.studio.shortlists import NewShortlist, Remark, make_shortlist, set_remark
from asterism.store.ledger.models import Answer, Campaign, Creator, ShareLink
from asterism.store.ledger.scope import rows, save
from tests.finding import FOUR, with_index
from tests.studio import campaign, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'"
TELLING = {
    "name": "Annabella", "tier": "zzmicro", "niche": "zzbeauty", "country": "FR", "language": "pt",
    "followers": 77_123, "engagement": 0.0317, "engagement_low": 0.0271, "engagement_high": 0.0363,
    "real": 0.861, "real_low": 0.701, "real_high": 0.951, "fee": 5_120.0, "fee_low": 4_310.0, "fee_high": 6_230.0,
}  # fmt: skip
SHOWN = {
    "name": ["Annabella"], "tier": ["zzmicro"], "niche": ["zzbeauty"], "country": ["France"],
    "language": ["Portuguese"], "followers": ["77,123"], "engagement": ["3.17%", "2.71%", "3.63%"],
    "real": ["86.1%", "70.1%", "95.1%"], "fee": ["5,120", "4,310", "6,230", "quoted"], "remark": ["zzremark"],
    "package": ["zzpackage"], "reasons": ["zzreason"],
}  # fmt: skip
"""Field → what a page that shows it holds, and no other page may hold."""
INNER = ("c-ana", "zzlist", "zzlabelinner", "zznote", "ana@secret.test", "+49 170", "Zephyr", "20,000.00", "2000000")
"""What no client's page may ever hold: ids, the list's own name, notes, contact, the workspace, the budget."""


@pytest.fixture
def studio():
    return place("Zephyr")


@pytest.fixture
def seat(studio):
    return with_index(studio.seat("owner", now=timezone.now()), [{**FOUR[0], **TELLING}, *FOUR[1:]])


@pytest.fixture
def listed(seat):
    of = campaign(seat, "Morning light", state="signed")
    made = make_shortlist(
        seat, NewShortlist(name="zzlist", campaign=of.pk, creator=["instagram:c-ana", "tiktok:c-ben"])
    )
    entry = made.entries.first()
    save(seat, entry, shown={**entry.shown, "package": "zzpackage", "reasons": ["zzreason"]})
    set_remark(seat, entry.pk, Remark(remark="zzremark"))
    save(seat, entry.creator, email="ana@secret.test", phone="+49 170")
    return made


def at(seat, listed, **wish):
    return f"/s/{share(seat, listed.pk, NewLink(label='Who speaks for us?', **wish))[1]}"


def answers(listed, *words, name="Eve"):
    given = {"name": name}
    for entry, word in zip(listed.entries.all(), words, strict=False):
        given |= {f"say-{entry.pk}": "yes"} if word is True else {f"say-{entry.pk}": "no", f"why-{entry.pk}": word}
    return given


@pytest.mark.parametrize(
    "fields", [[], *([name] for name in SHOWN), list(SHOWN)], ids=lambda fields: "+".join(fields) or "none"
)
def test_the_page_holds_the_chosen_fields_and_no_other(client, seat, listed, fields):
    text = client.get(at(seat, listed, fields=fields)).content.decode()
    for name, pieces in SHOWN.items():
        for piece in pieces:
            assert (piece in text) == (name in fields), (name, piece)
    assert not [word for word in INNER if word in text]
    for piece in ("Who speaks for us?", "@ana", "@ben", "Morning light"):
        assert piece in text


def test_nothing_of_it_leads_elsewhere(client, seat, listed):
    answer = client.get(at(seat, listed))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert b"/w/" not in answer.content
    assert not answer.cookies


def test_a_client_answers_without_login_session_or_token_of_a_form(seat, listed):
    where, client = at(seat, listed), Client(enforce_csrf_checks=True)
    answer = client.post(where, answers(listed, True, "Too large"), headers={"Origin": "null"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Thank you, your answers are in." in text
    assert "2 of 2 creators are answered" in text
    said = {each.entry.creator.handle: (each.approved, each.reason, each.name) for each in rows(seat, Answer)}
    assert said == {"ana": (True, "", "Eve"), "ben": (False, "Too large", "Eve")}
    again = client.get(where).content.decode()
    assert 'value="no" checked' in again
    assert 'value="Too large"' in again
    assert 'value="Eve"' in again


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (lambda listed: answers(listed, True, ""), "The no to @ben has no reason"),
        (lambda listed: answers(listed, True, name=" "), "`name` is empty"),
        (lambda _: {"name": "Eve"}, "No creator was answered for"),
        (lambda _: {"name": "Eve", "say-x": "yes"}, "cannot be used"),
        (lambda _: {"name": "Eve", "say-99999999": "yes"}, "no longer on the list"),
        (lambda listed: answers(listed, True, name="x" * 121), "cannot be used"),
    ],
    ids=["no reason", "no name", "nobody", "no number", "another list", "long name"],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client, seat, listed, given, says):
    answer = client.post(at(seat, listed), given(listed))
    assert answer.status_code in (404, 422)
    assert says in answer.content.decode()
    assert not rows(seat, Answer).exists()


def test_a_refusal_keeps_what_was_typed_where_htmx_runs(client, seat, listed):
    answer = client.post(at(seat, listed), answers(listed, True, ""), headers={"HX-Request": "true"})
    assert answer.headers["HX-Retarget"] == "#notice"


def test_a_wrong_secret_is_not_found_whatever_is_asked(client, seat, listed):
    at(seat, listed)
    for secret in ("x" * 32, "share secret", "a"):
        assert client.get(f"/s/{secret}").status_code == 404
        assert client.post(f"/s/{secret}", answers(listed, True)).status_code == 404
    assert client.put(at(seat, listed)).status_code == 405


@pytest.mark.parametrize("why", ["expired", "revoked"])
def test_a_closed_link_says_so_politely_and_tells_nothing(client, seat, listed, why):
    where, link = at(seat, listed, fields=list(SHOWN)), None
    link = rows(seat, ShareLink).first()
    if why == "revoked":
        revoke(seat, link.pk)
    else:
        save(seat, link, expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (client.get(where), client.post(where, answers(listed, True))):
        text = answer.content.decode()
        assert answer.status_code == 410
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "This link is closed" in text
        told = [piece for pieces in SHOWN.values() for piece in pieces]
        assert not [w for w in (*told, *INNER, "Who speaks", "Morning light", "@ana") if w in text]
    link.refresh_from_db()
    assert link.opened == 0
    assert not rows(seat, Answer).exists()


def test_openings_are_counted(client, seat, listed):
    where = at(seat, listed)
    for _ in range(3):
        client.get(where)
    assert rows(seat, ShareLink).get().opened == 3


def test_hostile_text_is_shown_as_text_to_both_sides(client, studio, seat, listed):
    save(seat, rows(seat, Creator).get(handle="ana"), handle=HOSTILE, name=HOSTILE)
    save(seat, rows(seat, Campaign).get(), name=HOSTILE)
    _, secret = share(seat, listed.pk, NewLink(label=HOSTILE, fields=list(SHOWN)))
    shown = client.get(f"/s/{secret}").content.decode()
    client.post(f"/s/{secret}", answers(listed, HOSTILE, name=HOSTILE))
    seen = studio.client().get(f"/w/zephyr/shortlists/{listed.pk}/").content.decode()
    for text in (shown, seen, client.get(f"/s/{secret}").content.decode()):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text


def test_the_maker_sees_the_address_this_once(client, studio, seat, listed):
    maker = studio.client("analyst")
    given = {"label": "For Eve", "fields": ["tier"], "days": "3"}
    answer = maker.post(f"/w/zephyr/shortlists/{listed.pk}/share", given)
    text = answer.content.decode()
    link = rows(seat, ShareLink).get()
    address = text.partition('id="secret">')[2].partition("<")[0]
    assert address.startswith("http://testserver/s/")
    assert client.get(address).status_code == 200
    assert (link.label, link.fields) == ("For Eve", ["tier"])
    assert address.rpartition("/")[2] not in maker.get(f"/w/zephyr/shortlists/{listed.pk}/").content.decode()
    assert maker.post(f"/w/zephyr/share-links/{link.pk}/revoke").status_code == 303
    assert client.get(address).status_code == 410
    assert maker.post(f"/w/zephyr/shortlists/{listed.pk}/share", {"fields": "email"}).status_code == 422


def test_a_page_for_many_creators_asks_a_few_questions(client, studio, django_assert_max_num_queries):
    people = [{**FOUR[0], "creator_id": f"c{i:02}", "handle": f"c{i:02}"} for i in range(60)]
    seat = with_index(studio.seat("owner", now=timezone.now()), people)
    made = make_shortlist(seat, NewShortlist(name="Many", creator=[f"instagram:c{i:02}" for i in range(60)]))
    where = at(seat, made)
    client.post(where, answers(made, *[True] * 60))
    with django_assert_max_num_queries(4):
        assert client.get(where).status_code == 200
