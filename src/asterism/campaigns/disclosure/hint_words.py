"""Words that hint at it and leave the reader guessing: gifts, affiliates, partners, ambassadors, thanks."""

from typing import Final

from asterism.campaigns.disclosure.words import Meaning, Wordlist

_GIFT, _AFFILIATE, _VAGUE = Meaning.GIFT, Meaning.AFFILIATE, Meaning.VAGUE
HINTS: Final = (
    Wordlist(
        _GIFT, "en",
        "gifted|gift|pr|pr gift|pr package|press gift|press trip|pr trip|invite|comped",
        "gifted item|gifted product|pr sample|press sample|kindly gifted|pr haul|pr stay|gifted stay",
    ),
    Wordlist(
        _GIFT, "de",
        "geschenk|pr sample|pr muster|einladung",
        "zur verfügung gestellt|produktsample",
    ),
    Wordlist(
        _GIFT, "fr",
        "offert|cadeau|invitation|produit offert|produits offerts|voyage de presse",
        "gracieusement offert",
    ),
    Wordlist(
        _GIFT, "es",
        "regalo|invitación",
        "producto regalado|me regaló",
    ),
    Wordlist(
        _GIFT, "it",
        "regalo|omaggio|invito",
        "prodotto omaggio|suppliedby",
    ),
    Wordlist(
        _AFFILIATE, "en",
        "affiliate|affiliates|aff|aff link|afflink|affiliated",
        "affiliate link|affiliate links|affiliate code|affiliate codes|amazon affiliate|amazon associate|"
        "referral link",
    ),
    Wordlist(
        _AFFILIATE, "de",
        "affiliate link",
        "affiliatelink|affiliatelinks|partnerlink|provisionslink",
    ),
    Wordlist(
        _AFFILIATE, "fr",
        "lien affilié",
        "liens affiliés|lien d'affiliation|liens d'affiliation",
    ),
    Wordlist(
        _AFFILIATE, "es",
        "",
        "enlace de afiliado|enlaces de afiliado|link de afiliado",
    ),
    Wordlist(
        Meaning.NEAR, "en",
        "sponsor|paid|funded",
        "in partnership with|in paid partnership|partnered with|partnering with|teamed up with|on behalf of|"
        "gifted by|gifted from|a gift from|our sponsor|today's sponsor|"
        "sponsor of this|hired by",
    ),
    Wordlist(
        _VAGUE, "en",
        "sp|spon|sponcon|sponsorship|collab|collaboration|collabs|partner|partners|partnership|ambassador|"
        "promo|thanks|client|endorsement|branded|employee|consultant|advisor",
        "brand ambassador|brandambassador|brand partner|iworkwith|i work with|thanks to|thank you to|thx to|"
        "thanks @|thank you @|in association with|in collaboration with|in collab with|collaboration with|"
        "collab with|collabed with|made possible by|powered by|brought to you by|supported by|"
        "funded by|courtesy of|hosted by|invited by|working with|work with|joined forces with|"
        "kindly provided|provided by|our sponsors|on loan from",
    ),
    Wordlist(
        _VAGUE, "de",
        "kooperation|zusammenarbeit|partnerschaft|markenbotschafter|markenbotschafterin|koop",
        "in kooperation mit|in zusammenarbeit mit|danke an|dank an|danke @|unterstützt durch|unterstützt von|"
        "mit unterstützung von|powered by|in partnerschaft mit|ermöglicht durch",
    ),
    Wordlist(
        _VAGUE, "fr",
        "partenariat|collaboration|ambassadrice|ambassadeur|partenaire",
        "en partenariat avec|en collaboration avec|en collab avec|merci à|merci @|grâce à|soutenu par|"
        "avec le soutien de",
    ),
    Wordlist(
        _VAGUE, "es",
        "colaboración|colab|embajador|embajadora",
        "en colaboración con|gracias a|gracias @",
    ),
    Wordlist(
        _VAGUE, "it",
        "collaborazione|ambasciatore",
        "in collaborazione con|grazie a|grazie @|in partnership con",
    ),
    Wordlist(
        _VAGUE, "pt",
        "parceria|colaboração|embaixador|embaixadora",
        "em parceria com|obrigado a|obrigada a",
    ),
    Wordlist(
        _VAGUE, "nl",
        "samenwerking|partnerschap",
        "in samenwerking met|dank aan|mede mogelijk gemaakt door",
    ),
    Wordlist(
        _VAGUE, "da",
        "samarbejde",
        "i samarbejde med|tak til",
    ),
    Wordlist(
        _VAGUE, "no",
        "samarbeid",
        "i samarbeid med|takk til",
    ),
    Wordlist(
        _VAGUE, "sv",
        "samarbete",
        "i samarbete med|tack till",
    ),
    Wordlist(
        _VAGUE, "pl",
        "współpraca",
        "we współpracy z|dzięki uprzejmości",
    ),
)  # fmt: skip
