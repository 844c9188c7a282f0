"""Every document for every creator: whole, in the tone of its tier, in the words of its platform."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import product

import pytest

from asterism.campaigns.documents.duties import DUTIES, duty
from asterism.campaigns.documents.fields import fields_of
from asterism.campaigns.documents.given import Deliverable, Privacy, Terms
from asterism.campaigns.documents.letters import Letter, hash_of, letter, written
from asterism.campaigns.documents.markup import Heading, words
from asterism.campaigns.documents.merging import MissingValue, UnsoundText, fields_named
from asterism.campaigns.documents.templates import _TEXTS, Template, edited, languages_of, template
from asterism.campaigns.documents.tone import KINDS, tone_of
from asterism.campaigns.documents.whitelist import FIELDS
from asterism.campaigns.documents.wording.spoken import LANGUAGES, language
from asterism.creators.schema import FORMATS, PLATFORMS
from asterism.errors import BadInput, WrongUsage
from asterism.quantities import Money
from tests.campaigns.letters import RICH, to
from tests.campaigns.test_documents_merging import NAMES

TIERS = ("nano", "micro", "mid", "macro", "mega", "hybrid", "untiered", "a tier of one's own")
EVERY = list(product(KINDS, TIERS, (*PLATFORMS, "mastodon"), LANGUAGES))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_kind_tier_platform_and_language_makes_a_whole_letter():
    for kind, tier, platform, code in EVERY:
        made = letter(kind, to(platform=platform, tier=tier), code)
        assert made.kind == kind
        assert len(made.text) > 300, made.template
        for mark in ("{", "}", "**", "\\", "  ", "..", " .", " ,"):
            assert mark not in f"{made.subject}\n{made.text}", (made.template, mark)
        assert made.subject.splitlines() == [made.subject]
        assert set(made.fields_used) <= set(FIELDS)
        assert made.language == (code if code in languages_of(kind) else "en")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_creators_name_comes_through_in_every_kind(name):
    for kind, code in product(KINDS, LANGUAGES):
        text = letter(kind, to(name=name), code).text
        assert squeezed(name) in squeezed(text), (kind, code)
        assert text.count("{") == text.count("}") == 0 or "{" in name or "}" in name


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_in_any_text_of_the_user_is_not_filled(kind):
    secret = replace(RICH, privacy=replace(RICH.privacy, contact="SECRET@x.example"))
    text = letter(kind, bent(secret, "{privacy_contact}")).text
    assert "SECRET" not in text
    assert "{privacy_contact}" in text


def test_a_slot_of_a_sentence_in_a_value_is_not_filled():
    terms = replace(RICH.terms, gift="{fee} {gift}", usage_channels=("{brand}",), competitors=("{time}",))
    posts = (Deliverable(1, "reel", date(2027, 3, 8), note="{what} {day}"),)
    text = letter("agreement", replace(RICH, terms=replace(terms, deliverables=posts))).text
    for said in ("to keep: {fee} {gift}.", "on {brand}.", "No paid work for {time} for 3 months", "({what} {day})"):
        assert said in text


def bent(given, text):
    """The value with every free text in it replaced, except what must be a link, a basis or a platform."""
    kept = {"url", "portal", "opt_out", "basis", "platform", "tier", "format", "goal", "jurisdictions", "fee"}
    changes = {}
    for each in fields(given):
        value = getattr(given, each.name)
        if each.name in kept:
            continue
        if is_dataclass(value) and not isinstance(value, Money):
            changes[each.name] = bent(value, text)
        elif isinstance(value, str):
            changes[each.name] = text
        elif isinstance(value, tuple):
            changes[each.name] = tuple(bent(v, text) if is_dataclass(v) else text for v in value)
    return replace(given, **changes)


@pytest.mark.parametrize(
    ("tier", "says", "says_not"),
    [
        ("nano", ("honest opinion", "weak points", "behind the scenes", "months"), ("Call to action", "management")),
        ("micro", ("everyday baking", "warm", "honest opinion", "Stories"), ("Call to action", "management")),
        ("mid", ("opinion", "honest", "behind the scenes", "code LENA10", "polls"), ("management",)),
        ("untiered", ("opinion", "code LENA10"), ("management",)),
        (
            "macro",
            ("Goal", "Deliverables", "creative input", "Call to action", "polls", "a live", "carousel"),
            ("honest",),
        ),
        ("mega", ("Goal", "code LENA10", "management"), ("behind the scenes",)),
    ],
)
def test_a_first_letter_speaks_as_its_tier_needs(tier, says, says_not):
    text = letter("outreach", to(tier=tier)).text
    assert [word for word in says if word not in text] == []
    assert [word for word in says_not if word in text] == []


@pytest.mark.parametrize(
    ("platform", "says"),
    [
        (
            "instagram",
            ("2 Reels on Instagram", "question boxes in Stories", "first line of the caption", "paid partnership"),
        ),
        ("tiktok", ("on TikTok", "LIVE", "content disclosure setting, which is mandatory", "on screen in the video")),
        (
            "youtube",
            ("on YouTube", "Shorts", "start of the video", "paid promotion label", "first line of the description"),
        ),
        ("linkedin", ("on LinkedIn", "article", "above “see more”")),
        ("x", ("on X", "Space", "each post of a thread")),
        ("facebook", ("on Facebook", "first line of the post")),
        ("mastodon", ("your channel", "the platform's own label")),
    ],
)
def test_a_brief_speaks_the_words_of_its_platform(platform, says):
    text = letter("brief", to(platform=platform, tier="macro")).text
    assert [word for word in says if word not in text] == []


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("follow_up", "fine answer"),
        ("feedback", "your way of saying it"),
        ("thank_you", "worth more to us than any figure"),
        ("renewal", "over months"),
        ("expectation_review", "suit you"),
    ],
)
def test_later_letters_speak_personally_to_small_creators_only(kind, word):
    assert word in letter(kind, to(tier="micro")).text
    assert word not in letter(kind, to(tier="macro")).text


def test_the_tones_of_one_kind_all_differ():
    for kind in KINDS:
        bodies = {letter(kind, to(tier=tier)).body for tier in ("micro", "mid", "macro")}
        assert len(bodies) == (1 if kind == "privacy_notice" else 3)


CLAUSES = (
    "Parties", "What the creator makes", "Fee", "Payment", "Working together", "Drafts and approval", "Honest opinion",
    "Disclosure", "Topics that need care", "Usage rights", "Exclusivity", "Cancellation", "Personal data", "Acceptance",
)  # fmt: skip


@pytest.mark.parametrize("tier", ["micro", "mid", "mega"])
def test_an_agreement_has_numbered_clauses_with_every_term(tier):
    made = letter("agreement", to(tier=tier))
    headings = [words(block.words) for block in made.blocks if isinstance(block, Heading)][1:]
    assert headings == [f"{n}. {clause}" for n, clause in enumerate(CLAUSES, 1)]
    for term in (
        "Northwind GmbH, Hafenweg 3", "Lena Roth, @lena.bakes", "1,200.00\N{NO-BREAK SPACE}EUR", "the mixer",
        "2 Reels on Instagram, due 8 March 2027", "1 Story on Instagram, due 9 March 2027", "6 months",
        "our newsletter",
        "3 months", "Kettler or Mixwell", "“Werbung” or “Anzeige”", "30 days after the last of the posts is live",
        "2 rounds", "14 days", "Blades: say", "privacy@northwind.example", "not legal advice", "by a click",
    ):  # fmt: skip
        assert term in made.text, term


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_notice_says_what_article_14_asks_for(code):
    made = letter("privacy_notice", RICH, code)
    for told in ("Northwind GmbH", "privacy@northwind.example", "name and handle", "read on 12 January 2027", "14",
                 "Nobody outside", "None takes place", "24 ", "https://studio.example/o/abc"):  # fmt: skip
        assert told in made.text
    assert made.language == code


@pytest.mark.parametrize("field", ["contact", "source", "held", "recipients", "transfers", "kept_months"])
def test_a_notice_never_goes_out_with_a_guess(field):
    empty = replace(RICH.privacy, **{field: getattr(Privacy(), field)})
    with pytest.raises(MissingValue, match="has no value"):
        letter("privacy_notice", replace(RICH, privacy=empty))


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("outreach", {"creator": replace(RICH.creator, niche="")}, "niche"),
        ("outreach", {"sender": replace(RICH.sender, role="")}, "sender_role"),
        ("outreach", {"moment": replace(RICH.moment, reply_by=None)}, "reply_by"),
        ("outreach", {"moment": replace(RICH.moment, opt_out="")}, "opt_out_link"),
        ("agreement", {"terms": Terms(deliverables=RICH.terms.deliverables)}, "remuneration"),
        ("agreement", {"terms": replace(RICH.terms, deliverables=())}, "deliverables"),
        ("brief", {"campaign": replace(RICH.campaign, jurisdictions=())}, "disclosure_words"),
        ("feedback", {"moment": replace(RICH.moment, feedback=())}, "feedback"),
        ("thank_you", {"moment": replace(RICH.moment, results=())}, "results"),
    ],
)
def test_what_is_missing_is_named(kind, change, field):
    with pytest.raises(MissingValue, match="has no value") as error:
        letter(kind, replace(RICH, **change))
    assert error.value.field == field


def test_what_is_absent_by_choice_is_said():
    bare = replace(RICH.campaign, hashtags=(), links=(), dos=(), donts=(), care=())
    terms = Terms(fee=Money.parse("75 USD"), deliverables=RICH.terms.deliverables, approval_rounds=0)
    text = letter("brief", replace(RICH, campaign=bare, terms=terms)).text
    for said in ("none asked for", "No links are needed", "your own judgement", "A fee of 75.00",
                 "Exclusivity. None.", "No draft is asked for", "uses the content nowhere"):  # fmt: skip
        assert said in text


def test_a_product_without_a_fee_is_payment_too():
    text = letter("agreement", replace(RICH, terms=replace(RICH.terms, fee=None))).text
    assert "No fee, but to keep: the mixer. This counts as payment and is disclosed." in text
    assert "No fee is due." in text


def test_a_senders_own_note_stands_in_place_of_niche_and_style():
    own = replace(RICH, creator=replace(RICH.creator, note="Your rye bread of last May taught me patience"))
    assert "taught me patience." in letter("outreach", own).text
    assert "is why we write" not in letter("outreach", own).text


@pytest.mark.parametrize(
    ("jurisdictions", "said"),
    [
        (("US",), "“#ad” or “#sponsored”"),
        (("uk", "UK"), "“Ad”, “Advert” or “Advertisement”"),
        (("EU",), "“Ad” or “Advertisement”"),
        (("EU", "FR"), "“Publicité” or “Collaboration commerciale”"),
        (("DE", "US"), "“Werbung” or “Anzeige” for Germany and “#ad” or “#sponsored” for United States"),
    ],
)
def test_each_country_gets_words_that_pass_there(jurisdictions, said):
    given = replace(RICH, campaign=replace(RICH.campaign, jurisdictions=jurisdictions))
    assert fields_of(given, language("en"))["disclosure_words"] == said


def test_a_german_audience_of_the_eu_reads_german_words():
    given = replace(RICH, campaign=replace(RICH.campaign, jurisdictions=("EU",)))
    assert fields_of(given, language("de"))["disclosure_words"] == "„Werbung“ oder „Anzeige“"


def test_no_words_pass_that_the_same_rule_fails():
    for each in DUTIES.values():
        assert not {word.lower() for word in each.passes} & {word.lower() for word in each.fails}
    with pytest.raises(BadInput, match="No disclosure rule is known for `XX`"):
        duty("XX")


def test_spoken_formats_say_the_words_too():
    silent = replace(RICH, terms=replace(RICH.terms, deliverables=(Deliverable(1, "post"),)))
    assert "spoken" in letter("brief", RICH).text
    assert "spoken" not in letter("brief", silent).text


@pytest.mark.parametrize(
    ("code", "day", "money"),
    [
        ("en", "1 March 2027", "1,234,567.50\N{NO-BREAK SPACE}EUR"),
        ("de", "1. März 2027", "1.234.567,50\N{NO-BREAK SPACE}EUR"),
        ("fr", "1er mars 2027", "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567,50\N{NO-BREAK SPACE}EUR"),
    ],
)
def test_dates_and_money_are_written_as_the_language_does(code, day, money):
    assert language(code).day(date(2027, 3, 1)) == day
    assert language(code).money(Money.parse("1234567.50 EUR")) == money


def test_one_month_is_not_one_months():
    counted = [language(code).counted(n, "months") for code in ("en", "de") for n in (0, 1, 2)]
    assert counted == ["0 months", "1 month", "2 months", "0 Monate", "1 Monat", "2 Monate"]


def test_languages_say_the_same_things():
    english = LANGUAGES["en"]
    for other in LANGUAGES.values():
        for part in ("phrases", "counts", "platforms", "goals", "countries", "remarks", "formats"):
            assert set(getattr(other, part)) == set(getattr(english, part)), (other.code, part)
        assert set(other.platforms) == {*PLATFORMS, "other"}
        assert set(other.formats) == set(FORMATS)
        assert set(other.countries) == set(DUTIES)
        assert len(other.months) == 12
    for name, phrase in english.phrases.items():
        slots = set(fields_named(phrase))
        assert all(set(fields_named(other.phrases[name])) == slots for other in LANGUAGES.values()), name


def test_every_template_is_sound_and_every_field_is_used_somewhere():
    used = set()
    for (kind, tone, code), (subject, body) in _TEXTS.items():
        checked = edited(Template(kind, tone, code, subject, body), subject + " ", body)
        used |= {*fields_named(checked.subject), *fields_named(checked.body)}
    assert set(FIELDS) - used == {"tier", "style", "fee", "currency"}
    assert set(fields_of(RICH, language("en"))) == set(FIELDS)


def test_all_kinds_exist_in_english_and_three_in_german_and_french():
    assert all("en" in languages_of(kind) for kind in KINDS)
    for code in ("de", "fr"):
        assert [kind for kind in KINDS if code in languages_of(kind)] == ["outreach", "brief", "privacy_notice"]
    assert template("outreach", "micro", "de-AT").language == "de"
    assert template("agreement", "micro", "de").language == "en"
    with pytest.raises(WrongUsage, match=r"no document `outreech`\. Did you mean `outreach`"):
        template("outreech", "micro")


def test_users_may_write_in_their_own_words():
    original = template("outreach", "micro")
    mine = edited(original, "Hi {creator_name}", "Fancy a {product}?\n\n- {fee}")
    assert written(mine, RICH).text == "Fancy a a hand mixer without a cable?\n\n- 1,200.00\N{NO-BREAK SPACE}EUR"
    assert mine.version.startswith("2026.1+")
    assert edited(mine, "Hi", "Fancy it?").version.count("+") == 1
    assert edited(original, original.subject, original.body) == original
    with pytest.raises(UnsoundText, match="Did you mean `creator_name`"):
        edited(original, "Hi {creatorname}", "x")
    with pytest.raises(UnsoundText, match="longer than 50,000"):
        edited(original, "Hi", "x" * 50_001)


def test_a_hash_fixes_every_word_and_nothing_else():
    made = Letter("S", "Café {a}\n\nb", (), "agreement/personal/en", "1")
    same = replace(made, body="Cafe\u0301 {a}  \r\n\r\nb\n", fields_used=("fee",))
    assert hash_of(made) == hash_of(same)
    assert len(hash_of(made)) == 64
    for change in ({"subject": "T"}, {"body": "Café {a}\n\nc"}, {"body": "Café {a}\nb"}, {"version": "2"},
                   {"template": "agreement/blend/en"}):  # fmt: skip
        assert hash_of(replace(made, **change)) != hash_of(made)


def test_terms_that_say_nothing_are_refused():
    for change, said in (
        ({"usage_months": 3}, "name no channels"),
        ({"exclusivity_months": 1}, "name[s]? no competitors"),
        ({"payment_days": -1}, "`payment_days` cannot be below 0"),
    ):
        with pytest.raises(BadInput, match=said):
            Terms(**change)
    with pytest.raises(BadInput, match="no format `reels`"):
        Deliverable(1, "reels")
    with pytest.raises(BadInput, match="0 posts"):
        Deliverable(0, "reel")
    with pytest.raises(BadInput, match="no lawful basis `consen`"):
        Privacy(basis="consen")


def test_tones_follow_tiers():
    assert [tone_of(tier) for tier in TIERS] == [
        "personal",
        "personal",
        "blend",
        "strategic",
        "strategic",
        *["blend"] * 3,
    ]
