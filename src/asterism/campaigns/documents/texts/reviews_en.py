"""Renewals and reviews of expectations in English."""

from typing import Final

from asterism.campaigns.documents.lines import flowing
from asterism.campaigns.documents.texts.outreach_en import CLOSE, OPT_OUT

_RENEWAL_PERSONAL: Final = """
    Dear {creator_name},

    Since {campaign} we have seen how people listen to you when {niche} is the subject:

    {results}

    We would like to go on, for longer this time, so that you can show how things turn out over months. Our idea:
    {next_step}

    What would stay: your style, your honest opinion, {everyday_formats}. What may change is yours to say. You would
    hear of new products first, and we would ask what you think before they are finished.

    Shall we talk by {reply_by}? {portal_link}
    """

_RENEWAL_BLEND: Final = """
    Dear {creator_name},

    For us, {campaign} went well:

    {results}

    We would like to go on with you. Our proposal: {next_step}

    Your opinion and your style stay as they are, and {interactive_formats} could give your audience a larger part.

    May we hear from you by {reply_by}? {portal_link}
    """

_RENEWAL_STRATEGIC: Final = """
    Dear {creator_name},

    The goal of {campaign}: {goal}. The results:

    {results}

    On that ground we would like to propose the next campaign: {next_step}

    We suggest agreeing early on goals, deliverables and dates, and developing the idea with you. For
    breadth: {diverse_formats}. For depth: {interactive_formats}.

    Could we speak with you or your management by {reply_by}? {portal_link}
    """

_REVIEW_PERSONAL: Final = """
    Hello {creator_name},

    Time for a short look at how {campaign} is going, for you as much as for us. What we see:

    {results}

    Three questions: Does what we agreed still suit you? What do people ask you that we should answer? Is there anything
    you need from us? There is no wrong answer, and nothing changes without you.

    What we suggest: {next_step}

    A few lines by {reply_by} are enough. {portal_link}
    """

_REVIEW_BLEND: Final = """
    Hello {creator_name},

    We would like to look at {campaign} together before it goes on. Its goal: {goal}. So far:

    {results}

    What we suggest: {next_step}

    Please tell us by {reply_by} what you expected that has not come, and what your audience says. Agreed as before:

    {deliverables}

    {portal_link}
    """

_REVIEW_STRATEGIC: Final = """
    Dear {creator_name},

    As agreed, we review {campaign} against what both sides expected.

    **Goal:** {goal}.

    **So far.**

    {results}

    **Agreed deliverables.**

    {deliverables}

    **Call to action.** {call_to_action} On {platform}: {action_place}.

    **What we suggest.** {next_step}

    Please send us your own figures and your view by {reply_by}, so that the review rests on both. {portal_link}
    """

_REVIEW: Final = "What we expected of {campaign}, and where we are"

TEXTS: Final = {
    ("renewal", "personal"): ("{creator_name}, shall we go on together?", flowing(_RENEWAL_PERSONAL) + CLOSE + OPT_OUT),
    ("renewal", "blend"): ("{brand} and {creator_name}: the next step", flowing(_RENEWAL_BLEND) + CLOSE + OPT_OUT),
    ("renewal", "strategic"): (
        "After {campaign}: a proposal by {brand}",
        flowing(_RENEWAL_STRATEGIC) + CLOSE + OPT_OUT,
    ),
    ("expectation_review", "personal"): ("How is {campaign} going for you?", flowing(_REVIEW_PERSONAL) + CLOSE),
    ("expectation_review", "blend"): (_REVIEW, flowing(_REVIEW_BLEND) + CLOSE),
    ("expectation_review", "strategic"): (_REVIEW, flowing(_REVIEW_STRATEGIC) + CLOSE),
}
