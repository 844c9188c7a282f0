"""Sayings: whole turns of phrase that tell of a payment, a free product or a commission, as patterns with gaps."""

from typing import Final

from asterism.campaigns.disclosure.words import Meaning, Saying

_GAP: Final = r"[^.!?\n]"
_NO_COST: Final = (
    r"(?:for free|free of charge|at no cost|complimentary|for nothing|as a gift|free)"
    r"(?! (?:shipping|delivery|wifi|trial|download))"
)
SAYINGS: Final = (
    Saying(
        Meaning.AD,
        "en",
        r"(?:this|today's|the following) (?:(?:video|post|reel|story|episode|stream|content|vlog|photo|clip|podcast) )?"
        r"(?:is|contains|includes|features) (?:an? )?(?:paid )?"
        r"(?:ads?|adverts?|advertisements?|advertising)(?!\w)(?! (?:agency|block|campaign|free|break))",
    ),
    Saying(Meaning.PAID, "en", r"paid by @\w+|#paid (?:by |from )?@\w+|@\w+ (?:has )?paid (?:me|us)"),
    Saying(
        Meaning.PAID,
        "en",
        r"(?:i|we) (?:was|were|am|are|got|have been|'ve been)(?: being)? (?:paid|compensated)(?: \w+){0,2} "
        r"(?:by|to|for)|i'm being (?:paid|compensated)|(?:paying|paid) me (?:to|for)|compensated by",
    ),
    Saying(
        Meaning.SPONSORED,
        "en",
        r"(?:is|was|been|are|were|being)(?: (?:\w+ly|also|again|once again|however|in part|partly))? sponsored"
        r"(?! (?:post|video|content)s)|"
        r"thank(?:s| you)(?: to)? [^.!?\n]{1,40} for sponsoring|sponsored (?:this|today's) \w+|sponsored with @\w+",
    ),
    Saying(
        Meaning.FREE,
        "en",
        rf"(?:sent|gave|gifted|given|provided|offered)(?: to)? (?:me|us){_GAP}{{0,40}}? {_NO_COST}|"
        rf"(?:sent|gave) (?:me|us) {_GAP}{{1,40}}? to (?:try|test|review)",
    ),
    Saying(
        Meaning.FREE,
        "en",
        rf"(?:i|we)(?: have|'ve)? (?:got|received|was sent|were sent|was given|were given){_GAP}{{0,40}}? {_NO_COST}|"
        rf"(?:was|were) (?:sent|given|provided|gifted) to (?:me|us) {_NO_COST}",
    ),
    Saying(
        Meaning.FREE,
        "en",
        r"free (?:products?|samples?|gifts?|pair|bottle|items?|stay|meal|clothes|dress) (?:from|by)|"
        r"for free (?:from|thanks to|courtesy of)|"
        r"thank\w*[^.!?\n]{0,40} for (?:the|my|this|these) free \w+|"
        r"in (?:exchange|return) for (?:an?|my|our) (?:honest |unbiased |fair |own )?(?:review|post|opinion|feedback)",
    ),
    Saying(Meaning.FREE, "de", r"kostenlos(?:e\w*)? (?:zur verfugung gestellt|von @|erhalten|bekommen)"),
    Saying(Meaning.FREE, "fr", r"(?:m'a|nous a|m'ont) (?:gracieusement )?(?:offert|envoye)\w*"),
    Saying(
        Meaning.COMMISSION,
        "en",
        r"(?:i|we|i'll|we'll|i'd|me|us|us to|me to)(?: \w+){0,3} (?:earn|get|receive|make)(?: \w+){0,4} commissions?|"
        r"(?:earns|gets|receives|gives me|gives us|pays me|pays us)(?: \w+){0,4} commissions?|"
        r"(?:i|we) (?:get|am|are|will be) paid (?:if|when|a small|a share)|"
        r"earn from qualifying purchases|paid a commission|small commission",
    ),
    Saying(
        Meaning.NEAR,
        "en",
        r"#(?!(?:brand|proud|my|our|the|official|new|global|team)(?:partners?|ambassador)(?!\w))"
        r"\w{2,}(?:partners?|ambassador|sponsored)(?!\w)|#sponsoredby\w+|#paid(?:by|partnershipwith)\w+",
    ),
    Saying(
        Meaning.NEAR,
        "en",
        r"(?:was|were) (?:kindly )?(?:sent|given|provided|gifted) to (?:me|us)|"
        r"sent (?:me|us) (?:this|these|some|the|an?)(?!\w)|(?:gifted|sent) by @\w+",
    ),
)
"""Patterns over folded text; what they leave open stands between."""
