"""The agreement in English: numbered clauses, the same for all but how the work is done together."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

_HEAD: Final = """
    # Agreement on {campaign}

    This is a template, not legal advice. Both sides should read it, and have it checked where much depends on it.

    ## 1. Parties

    **The brand**: {brand}, represented by {sender_name}, {sender_role}. Company: {company}.

    **The creator**: {creator_name}, {creator_handle} on {platform}.

    ## 2. What the creator makes

    For {campaign}, from {start} to {end}:

    {deliverables}

    A date may be moved by both sides in writing. A post is taken down only where both agree or the law asks for it.

    ## 3. Fee

    {remuneration} Amounts are in the currency named. Taxes are added or withheld where the law asks for it.

    ## 4. Payment

    {payment_terms} If it is late, the creator may stop further work until it has arrived.
    """

_PERSONAL: Final = """
    ## 5. Working together

    The creator decides on words, pictures and style. The brand gives facts and answers questions. Everyday formats
    are welcome: {everyday_formats}.
    """

_BLEND: Final = """
    ## 5. Working together

    - **Message.** {message}
    - **Call to action.** {call_to_action}
    - **Freedom.** The creator decides on words, pictures and style, and may propose other formats; the brand answers
      within the time of clause 6.
    """

_STRATEGIC: Final = """
    ## 5. Working together

    - **Goal.** What the campaign is for: {goal}.
    - **Message.** {message}
    - **Call to action.** {call_to_action} Where it stands on {platform}: {action_place}.
    - **Creative input.** The idea is developed together before production; each deliverable is made as agreed there.
    - **Review.** Both sides look at results and expectations when half of the deliverables are live. The creator
      supplies the figures that only the creator can see.
    """

_TAIL: Final = """
    ## 6. Drafts and approval

    {approval_rounds} Changes may concern facts, safety, law and disclosure, and what clause 2 asks for. A draft goes
    live only after approval.

    ## 7. Honest opinion

    The creator's opinion is the creator's own. The brand does not ask for praise, does not forbid criticism, and does
    not make payment depend on what is said. The creator has tried what is spoken of, and says nothing known to be
    untrue.

    ## 8. Disclosure

    Every post is marked as paid, whatever its format. The words for it: {disclosure_words}. On {platform} they
    stand {disclosure_place}. Also used: {platform_label}. The words stay for as long as the post is online. The duty,
    by country:

    {disclosure_duty}

    A post that lacks them is corrected within 24 hours of being noticed. Fee and products both count as payment.

    ## 9. Topics that need care

    {care}

    Children are shown only with their guardians' consent. Music, pictures and texts of others are used only with the
    right to do so. Followers, views and likes are never bought.

    ## 10. Usage rights

    The creator keeps the copyright. {usage_rights} Any further use, paid promotion of the posts included, is agreed in
    writing first.

    ## 11. Exclusivity

    {exclusivity}

    ## 12. Cancellation

    {cancellation} Either side may end it at once if the other breaks an important duty and does not set it right within
    seven days of being told. Products received for posts that were not made are returned.

    ## 13. Personal data

    The brand keeps what it needs to carry out this agreement, pay and account for it, and to measure the posts. It does
    not sell it. The creator may see, correct and have deleted what is kept, as far as no law requires keeping it:
    {privacy_contact}

    ## 14. Acceptance

    Both sides accept by a click under this text, each after typing their name. Name, time and the checksum of this very
    text are recorded and sent to both. A later change is a new version, accepted anew in the same way.
    """

TEXTS: Final = {
    ("agreement", tone): (
        "Agreement: {campaign}, {brand} and {creator_name}",
        "\n\n".join(map(flowing, (_HEAD, how, _TAIL))),
    )
    for tone, how in {"personal": _PERSONAL, "blend": _BLEND, "strategic": _STRATEGIC}.items()
}
