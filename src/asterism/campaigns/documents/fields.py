"""The value of every field a document may name, in one language; what was left open has none, and is then an error."""

from collections.abc import Mapping
from datetime import date

from asterism.campaigns.documents.duties import DUTIES, SPOKEN, Duty, duty
from asterism.campaigns.documents.given import Deliverable, Link, Merge, Terms
from asterism.campaigns.documents.lines import flat
from asterism.campaigns.documents.merging import Value
from asterism.campaigns.documents.wording.language import Language


def fields_of(given: Merge, language: Language) -> Mapping[str, Value]:
    """Field → value; a field that stays empty is one nobody filled.

    What may be absent by choice, as exclusivity or hashtags, is a sentence that says so, never a gap.
    """
    parts = (_sender, _creator, _campaign, _terms, _duties, _moment, _privacy)
    return {name: value for part in parts for name, value in part(given, language).items()}


def _sender(given: Merge, _: Language) -> dict[str, Value]:
    sender = given.sender
    return {
        "brand": sender.brand,
        "company": sender.company or sender.brand,
        "sender_name": sender.name,
        "sender_role": sender.role,
    }


def _creator(given: Merge, language: Language) -> dict[str, Value]:
    creator = given.creator
    words = language.platform(creator.platform)
    return {
        "creator_name": creator.name or creator.handle,
        "creator_handle": creator.handle and f"@{creator.handle.removeprefix('@')}",
        "platform": words.name,
        "tier": language.tiers.get(creator.tier, creator.tier),
        "niche": creator.niche,
        "style": language.listed(creator.style),
        "why_you": _sentence(creator.note) or _why(given, language),
        "everyday_formats": words.everyday,
        "diverse_formats": words.diverse,
        "interactive_formats": words.interactive,
        "action_place": words.action,
    }


def _why(given: Merge, language: Language) -> str:
    creator = given.creator
    slots = {
        "niche": creator.niche,
        "platform": language.platform(creator.platform).name,
        "style": language.listed(creator.style),
    }
    return language.say("why_you_style" if creator.style else "why_you", slots) if creator.niche else ""


def _campaign(given: Merge, language: Language) -> dict[str, Value]:
    campaign = given.campaign
    return {
        "campaign": campaign.name,
        "goal": language.goals.get(campaign.goal, campaign.goal),
        "product": campaign.product,
        "message": _sentence(campaign.message),
        "call_to_action": _sentence(campaign.action),
        "start": _day(campaign.start, language),
        "end": _day(campaign.end, language),
        "hashtags": " ".join(campaign.hashtags) or language.say("no_hashtags"),
        "links": campaign.links or language.say("no_links"),
        "dos": campaign.dos or language.say("no_dos"),
        "donts": campaign.donts or language.say("no_donts"),
        "care": campaign.care or language.say("no_care"),
    }


def _sentence(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    bare = flat(text)
    return f"{bare}." if bare and bare[-1] not in '.!?…:;»”"' else bare


def _day(day: date | None, language: Language) -> str:
    return language.day(day) if day else ""


def _terms(given: Merge, language: Language) -> dict[str, Value]:
    terms, brand = given.terms, given.sender.brand
    return {
        "deliverables": tuple(_deliverable(each, given, language) for each in terms.deliverables),
        "fee": language.money(terms.fee) if terms.fee else "",
        "currency": terms.fee.currency if terms.fee else "",
        "remuneration": _remuneration(terms, language),
        "usage_rights": _usage(terms, brand, language),
        "exclusivity": _exclusivity(terms, language),
        "payment_terms": _payment(terms, language),
        "approval_rounds": _approval(terms, brand, language),
        "cancellation": language.say("cancellation", {"time": language.counted(terms.notice_days, "days")}),
    }


def _deliverable(each: Deliverable, given: Merge, language: Language) -> str:
    platform = each.platform or given.creator.platform
    slots = {
        "count": str(each.count),
        "format": language.format(each.format, platform, each.count),
        "platform": language.platform(platform).name,
    }
    said = language.say("deliverable", slots)
    said = language.say("due", {"what": said, "day": language.day(each.due)}) if each.due else said
    return language.say("noted", {"what": said, "note": each.note}) if each.note else said


def _remuneration(terms: Terms, language: Language) -> str:
    if not terms.fee:
        return language.say("gift_only", {"gift": terms.gift}) if terms.gift else ""
    slots = {"fee": language.money(terms.fee), "gift": terms.gift}
    return language.say("fee_and_gift" if terms.gift else "fee_only", slots)


def _usage(terms: Terms, brand: str, language: Language) -> str:
    if not terms.usage_months:
        return language.say("no_usage", {"brand": brand})
    time, channels = language.counted(terms.usage_months, "months"), language.listed(terms.usage_channels)
    return language.say("usage", {"brand": brand, "time": time, "channels": channels})


def _exclusivity(terms: Terms, language: Language) -> str:
    if not terms.exclusivity_months:
        return language.say("not_exclusive")
    time, competitors = language.counted(terms.exclusivity_months, "months"), language.listed(terms.competitors, "or")
    return language.say("exclusive", {"time": time, "competitors": competitors})


def _payment(terms: Terms, language: Language) -> str:
    time = language.counted(terms.payment_days, "days")
    return language.say("payment" if terms.fee else "no_payment", {"time": time})


def _approval(terms: Terms, brand: str, language: Language) -> str:
    rounds, time = language.counted(terms.approval_rounds, "rounds"), language.counted(terms.answer_days, "days")
    name = "approval" if terms.approval_rounds else "no_approval"
    return language.say(name, {"brand": brand, "rounds": rounds, "time": time})


def _duties(given: Merge, language: Language) -> dict[str, Value]:
    duties = {each: duty(each) for each in dict.fromkeys(map(str.upper, given.campaign.jurisdictions))}
    return {
        "disclosure_duty": tuple(_duty(each, duties, language) for each in duties.values()),
        "disclosure_words": _words(duties, language),
        "disclosure_place": _place(given, language),
        "platform_label": language.platform(given.creator.platform).label,
    }


def _words(duties: Mapping[str, Duty], language: Language) -> str:
    """The words for every country: one country's words may fail in the next, so each country has its own."""
    own = [name for name in duties if name != "EU" or not _members(duties)]
    if len(own) == 1:
        return language.quoted(_passing(duties[own[0]], duties, language))
    said = ((language.quoted(_passing(duties[name], duties, language)), language.countries[name]) for name in own)
    return language.listed(tuple(language.say("words_for", {"words": w, "country": c}) for w, c in said))


def _members(duties: Mapping[str, Duty]) -> list[Duty]:
    return [duties[name] for name in ("DE", "FR") if name in duties]


def _passing(each: Duty, duties: Mapping[str, Duty], language: Language) -> tuple[str, ...]:
    """The words that pass; the EU's are those of its countries at hand, else of the document's own language."""
    if each.jurisdiction != "EU":
        return each.passes
    speakers = _members(duties) or [DUTIES.get(language.code.upper(), each)]
    return tuple(word for one in speakers for word in one.passes)


def _duty(each: Duty, duties: Mapping[str, Duty], language: Language) -> str:
    slots = {
        "country": language.countries[each.jurisdiction],
        "passes": language.quoted(_passing(each, duties, language)),
        "fails": ", ".join(each.fails),
        "rule": each.rule,
        "version": each.version,
    }
    remark = language.remarks[each.jurisdiction]
    return language.say("remarked", {"duty": language.say("duty", slots), "remark": remark})


def _place(given: Merge, language: Language) -> str:
    """Where the words stand on the creator's platform; what is heard says them too."""
    place = language.platform(given.creator.platform).place
    heard = any(each.format in SPOKEN for each in given.terms.deliverables)
    return language.say("heard", {"place": place}) if heard else place


def _moment(given: Merge, language: Language) -> dict[str, Value]:
    moment = given.moment
    thanks = language.say("token", {"token": moment.token}) if moment.token else language.say("no_token")
    return {
        "today": language.day(moment.today),
        "reply_by": _day(moment.reply_by, language),
        "draft": moment.draft,
        "feedback": moment.feedback,
        "results": moment.results,
        "appreciation": thanks,
        "next_step": _sentence(moment.next_step),
        "portal_link": Link("", moment.portal),
        "opt_out_link": Link("", moment.opt_out),
    }


def _privacy(given: Merge, language: Language) -> dict[str, Value]:
    privacy = given.privacy
    return {
        "privacy_contact": privacy.contact,
        "data_source": _sentence(privacy.source),
        "data_held": privacy.held,
        "lawful_basis": language.say(privacy.basis),
        "recipients": _sentence(privacy.recipients),
        "transfers": _sentence(privacy.transfers),
        "kept_for": language.counted(privacy.kept_months, "months") if privacy.kept_months else "",
    }
