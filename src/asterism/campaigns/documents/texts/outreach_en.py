"""First letters in English."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

CLOSE: Final = "\n\nKind regards,\n{sender_name}\n{sender_role}, {brand}"
"""How a letter ends."""
OPT_OUT: Final = "\n\nNo interest, now or ever? One click here ends all messages from us: {opt_out_link}"
"""How a first letter, and any that follows it, lets people end it."""

_PERSONAL: Final = """
    Hello {creator_name},

    {why_you}

    I write for {brand}. We are preparing {campaign}, which is about {product}, and would like to make it together with
    you. You know the people who follow you, you answer them, and they believe you. This is what we have in mind:

    {deliverables}

    **Your way of telling things comes first.** Show it in your own words and your own style: better than a polished
    advertisement: {everyday_formats}.

    **Your honest opinion is what we ask for**, weak points included. What you think is yours to say, and the payment
    does not depend on it.

    **What you get.** {remuneration}

    **It is marked as paid**: {disclosure_words}, {disclosure_place}. We also ask for {platform_label}.

    If it goes well for both of us, we would rather stay in touch for months than meet for one post.

    Does this sound like you? A short answer by {reply_by} helps us plan, and questions are welcome before that. All we
    have so far is here: {portal_link}
    """

_BLEND: Final = """
    Hello {creator_name},

    {why_you}

    I write for {brand}. We are preparing {campaign}, about {product}, from {start} to {end}. Our goal: {goal}. You
    are near enough to your audience to be asked for advice, and large enough to be seen; we look for both. This is what
    we have in mind:

    {deliverables}

    **Yours to decide.** Tone, story and your opinion, which we want honest. Beside a planned
    piece, {everyday_formats} work well.

    **What we need.** The message: {message} What people should do next: {call_to_action} On {platform} that works best
    through {action_place}.

    **Open to ideas.** Ways to let your audience take part: {interactive_formats}. If you see a better one, tell us.

    **What you get.** {remuneration}

    **It is marked as paid**: {disclosure_words}, {disclosure_place}. We also ask for {platform_label}.

    If the first campaign works for both sides, we would like to go on from there. An answer by {reply_by} helps us
    plan. The details are here: {portal_link}
    """

_STRATEGIC: Final = """
    Dear {creator_name},

    {brand} is preparing {campaign}, about {product}, from {start} to {end}. Your reach on {platform} among people
    interested in {niche} is why we would like you to lead it.

    **Goal:** {goal}. The one thing people should take away: {message}

    **Deliverables.** This is what we expect, open to your advice:

    {deliverables}

    **Your creative input.** You know what your audience watches to the end. We would like to develop the idea together
    before anything is filmed: to carry it, {diverse_formats}; to make people take part,
    {interactive_formats}.

    **Call to action.** {call_to_action} We suggest {action_place}.

    **Terms.** {remuneration} {usage_rights}

    **Exclusivity.** {exclusivity}

    **Disclosure.** {disclosure_words}, {disclosure_place}, together with {platform_label}.

    We would be glad to speak with you or your management by {reply_by}. The outline with all dates is here:
    {portal_link}
    """

TEXTS: Final = {
    ("outreach", "personal"): (
        "{creator_name}, an idea for your {niche} posts",
        flowing(_PERSONAL) + CLOSE + OPT_OUT,
    ),
    ("outreach", "blend"): (
        "{brand} and {creator_name}: an idea for {platform}",
        flowing(_BLEND) + CLOSE + OPT_OUT,
    ),
    ("outreach", "strategic"): (
        "Partnership proposal: {campaign} by {brand}",
        flowing(_STRATEGIC) + CLOSE + OPT_OUT,
    ),
}
