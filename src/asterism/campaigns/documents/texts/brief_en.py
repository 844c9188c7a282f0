"""Creator briefs in English: one frame, and in it how each tone works together."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

_HEAD: Final = """
    # Brief for {creator_name}: {campaign}

    {brand}, {today}. Written for {creator_handle} on {platform}.

    ## What it is about

    The campaign is about {product}. It runs from {start} to {end}. Its goal: {goal}.

    ## What we ask you to make

    {deliverables}
    """

_PERSONAL: Final = """
    ## How we work together

    - **In your words.** Tell it as you tell your followers anything else. There is no script.
    - **Your honest opinion.** Say what you like and what you do not. We correct facts, never opinions.
    - **Everyday beats polished.** Good places for it: {everyday_formats}.
    - **Answer people.** Questions under the post are the best part. If you do not know an answer, ask us.
    - **For longer.** If it works, show how things turn out after weeks and months, and tell us what to make better.

    ## What people should take away

    {message} Put it in your own words, or leave it out where it does not fit.
    """

_BLEND: Final = """
    ## How we work together

    - **Your voice, our facts.** Tone and story are yours, and so is your honest opinion.
    - **Near and seen.** A planned piece gives reach; {everyday_formats} keep it close.
    - **Let people take part.** On {platform}: {interactive_formats}.
    - **Better ideas welcome.** Tell us before you film, and we decide within days.

    ## What people should take away

    {message}

    What they should do next: {call_to_action} On {platform}: {action_place}.
    """

_STRATEGIC: Final = """
    ## What we expect

    - **One message**: {message}
    - **One call to action**: {call_to_action} It stands where it works on {platform}: {action_place}.
    - **Every deliverable on its date**, as the posts build on each other.

    ## Where we ask for your ideas

    - **Format.** To carry the campaign: {diverse_formats}. Propose what your audience watches to the end.
    - **Interaction.** To make people take part: {interactive_formats}.
    - **People.** If other creators would make it stronger, name them.

    Your opinion of the product is your own and may be said as it is.
    """

_TAIL: Final = """
    ## Please do

    {dos}

    ## Please leave out

    {donts}

    ## Topics that need care

    {care}

    ## Marked as paid

    Words that mark it, {disclosure_words}, {disclosure_place}. They come before anything one must click to see, never
    in the middle of hashtags, and every post and every Story carries them. Please also turn on {platform_label}.

    {disclosure_duty}

    ## Hashtags and links

    Hashtags: {hashtags}

    {links}

    ## Drafts and money

    - **Drafts.** {approval_rounds}
    - **What you get.** {remuneration} {payment_terms}
    - **Usage rights.** {usage_rights}
    - **Exclusivity.** {exclusivity}

    ## Questions

    Ask {sender_name}, or write on your own page, where drafts are handed in too: {portal_link}

    This summary of disclosure rules is not legal advice.
    """

TEXTS: Final = {
    ("brief", tone): ("Brief: {campaign} on {platform}", "\n\n".join(map(flowing, (_HEAD, how, _TAIL))))
    for tone, how in {"personal": _PERSONAL, "blend": _BLEND, "strategic": _STRATEGIC}.items()
}
