"""Follow-ups, feedback on drafts and thank-you notes in English."""

from typing import Final

from asterism.campaigns.documents.lines import flowing
from asterism.campaigns.documents.texts.outreach_en import CLOSE, OPT_OUT

_FOLLOW_UP_PERSONAL: Final = """
    Hello {creator_name},

    I wrote to you about {campaign}, and know how full an inbox gets. The short version: we like how you speak about
    {niche}, and would like to make this with you on {platform}:

    {deliverables}

    In your style, with your honest opinion. {remuneration}

    If the time is wrong, tell me when it would be right. If it is not for you, that is a fine answer too. We plan until
    {reply_by}: {portal_link}
    """

_FOLLOW_UP_BLEND: Final = """
    Hello {creator_name},

    I wrote to you about {campaign} by {brand}, from {start} to {end}. In short, this is what we have in mind:

    {deliverables}

    {remuneration} The idea is open to yours, and your opinion stays your own.

    Could you tell me by {reply_by} whether it interests you? The details are here: {portal_link}
    """

_FOLLOW_UP_STRATEGIC: Final = """
    Dear {creator_name},

    We wrote to you about {campaign} by {brand}, from {start} to {end}. As dates are being fixed, here is the outline
    again. Goal: {goal}.

    {deliverables}

    {remuneration}

    May we count on an answer from you or your management by {reply_by}? A call is as good as a letter. The outline:
    {portal_link}
    """

_FEEDBACK_PERSONAL: Final = """
    Hello {creator_name},

    Thank you for {draft}. It sounds like you, and that is what we hoped for.

    These points matter to us:

    {feedback}

    They concern facts, safety and disclosure. Your opinion and your way of saying it stay as they are. If a point does
    not fit, tell me why, and we look for another way.

    As a reminder, what marks the post as paid: {disclosure_words}, {disclosure_place}.

    Could you send the next version by {reply_by}? {portal_link}
    """

_FEEDBACK_BLEND: Final = """
    Hello {creator_name},

    Thank you for {draft}. These are our points:

    {feedback}

    Your opinion stays your own; how to solve each point is for you to say. The message we need to hear: {message}

    As a reminder, what marks the post as paid: {disclosure_words}, {disclosure_place}.

    Please send the next version by {reply_by}. {approval_rounds} {portal_link}
    """

_FEEDBACK_STRATEGIC: Final = """
    Dear {creator_name},

    Thank you for {draft}. We have read it against the brief:

    {feedback}

    Two things must come across: the message, {message} And the call to action, {call_to_action} How you stage them is
    yours; if you see a stronger way, propose it.

    Disclosure: {disclosure_words}, {disclosure_place}, together with {platform_label}.

    Please send the next version by {reply_by}. {approval_rounds} {portal_link}
    """

_THANKS_PERSONAL: Final = """
    Dear {creator_name},

    With {campaign} over, we want to say thank you. You made it your own, and you answered the people who asked. That
    is worth more to us than any figure. Some figures all the same:

    {results}

    {appreciation}

    We would like to stay in touch. If something was harder than it needed to be, tell us; we would rather know.
    """

_THANKS_BLEND: Final = """
    Dear {creator_name},

    With {campaign} over, thank you for the work and for the ideas you brought. This is what came of it:

    {results}

    {appreciation}

    We would gladly work with you again, and are glad of a word on what we could do better.
    """

_THANKS_STRATEGIC: Final = """
    Dear {creator_name},

    Thank you for leading {campaign}. The goal: {goal}. This is what it achieved:

    {results}

    {appreciation}

    We would like to look at the results together, and to hear what you and your team would do differently. We are also
    glad to introduce you to others we work with, if you wish.
    """

_FEEDBACK: Final = "Feedback on {draft} for {campaign}"
_THANKS: Final = "Thank you for {campaign}"

TEXTS: Final = {
    ("follow_up", "personal"): (
        "{creator_name}, a second word about {campaign}",
        flowing(_FOLLOW_UP_PERSONAL) + CLOSE + OPT_OUT,
    ),
    ("follow_up", "blend"): (
        "Does {campaign} on {platform} interest you?",
        flowing(_FOLLOW_UP_BLEND) + CLOSE + OPT_OUT,
    ),
    ("follow_up", "strategic"): (
        "Dates and outline: {campaign} by {brand}",
        flowing(_FOLLOW_UP_STRATEGIC) + CLOSE + OPT_OUT,
    ),
    ("feedback", "personal"): (_FEEDBACK, flowing(_FEEDBACK_PERSONAL) + CLOSE),
    ("feedback", "blend"): (_FEEDBACK, flowing(_FEEDBACK_BLEND) + CLOSE),
    ("feedback", "strategic"): (_FEEDBACK, flowing(_FEEDBACK_STRATEGIC) + CLOSE),
    ("thank_you", "personal"): (_THANKS, flowing(_THANKS_PERSONAL) + CLOSE),
    ("thank_you", "blend"): (_THANKS, flowing(_THANKS_BLEND) + CLOSE),
    ("thank_you", "strategic"): (_THANKS, flowing(_THANKS_STRATEGIC) + CLOSE),
}
