"""Words that deny or suppose, words that may stand between them and what they speak of, and whole denials."""

from typing import Final

NOT: Final = (
    r"not|no|never|non|nor|neither|nobody|none|without|unpaid|"
    r"(?:is|was|are|were|has|have|had|do|does|did|wo|ca|am|ai)n'?t|"
    r"nicht|nichts|keine?[rsnm]?|keinerlei|ohne|unbezahlte?[rsn]?|unbeauftragte?[rsn]?|unentgeltliche?[rsn]?|niemals|"
    r"pas|aucun|aucune|sans|ni|jamais|sin|ningun|ninguna|nessuna?|senza|nao|sem|nenhuma?|"
    r"niet|geen|zonder|onbetaalde?|ikke|ikkje|ingen|intet|uden|uten|inte|ej|utan|inget|nie|bez|ei|ilman|neni|nu|fara"
)
SUPPOSED: Final = (
    r"if|when|whenever|unless|until|could|may|might|would|should|want|wanna|interested|looking|seeking|open|offer|how|"
    r"wenn|falls|ob|sofern|sollte|si|quand|lorsque|cuando|se|quando|om|als|hvis|jesli"
)
BRIDGES: Final = (
    r"an?|the|any|in|way|being|been|be|is|was|are|were|getting|get|paid|sponsored|affiliated|endorsed|associated|with|"
    r"compensated|or|nor|and|by|to|of|for|at|all|even|actually|really|currently|this|that|these|it|posts?|videos?|"
    r"content|vlog|reel|type|kind|form|officially|personally|partnered|from|company|companies|brands?|has|have|ever|myself|do|"
    r"directly|i|i'm|am|we|you|one|remunerated|reimbursed|gifted|ads?|advert|partnership|collab|collaboration|free|some|"
    r"also|either|part|products?|as|links?|items?|"
    r"eine?[rsnm]?|ist|sind|dies|dieses?|das|der|die|beitrag|von|als|bezahlte?[rsn]?|und|oder|es|wird|wurde|im|hier|"
    r"auftrag|"
    r"une?|la|le|les|de|du|d'|des|cette|ce|est|par|en|ou|et|a|c'est|contenu|partenariat|"
    r"una?|esta|este|el|por|pagad[ao]|y|o|uma|pago|paga|per|di|della|"
    r"een|dit|deze|door|er|dette|denne|av|det|som|jest|przez"
)
"""Words that carry a denial on to the word denied, as in «not in any way sponsored»."""
ARTICLES: Final = r"an?|any|the|paid|even an?|eine?|bezahlte?|une?|una|uma|de|een|en"
"""The few that do so before a hashtag: «not an #ad», while «no filter #ad» denies nothing."""
TAKEN_BACK: Final = (
    r"(?:unbezahlt\w*|unbeauftragt\w*|unpaid|unentgeltlich\w*|ohne (?:auftrag|bezahlung)|aus liebe|"
    r"(?:non|no|nao) (?:remunere|payee?|paga|pagad[ao]|retribuit[ao])\w*|selbst ?(?:gekauft|bezahlt)|"
    r"(?:wegen|da|durch|weil|aufgrund|auf grund)[^\w\n]+(?:\w+[^\w\n]+){0,2}?(?:marken?\w*|verlinkung\w*|nennung\w*)|"
    r"markennennung|namensnennung)"
)
"""What takes a word back behind it: «Werbung, unbezahlt»."""
LATER: Final = (
    r"(?:inquir|enquir|opportunit|requests?\b|e-?mail|(?:will|would) (?:always )?be|"
    r"are (?:always )?(?:clearly )?(?:marked|labelled|labeled|disclosed|noted)|wird (?:immer )?gekennzeichnet)"
)
"""What shows behind a word that it speaks of other posts."""
DENIED: Final = (
    r"sponsored|sponsoring|compensated|(?:an?|any|the|paid) (?:ad|advert|advertisement|promotion|collaboration)|"
    r"paid (?:ad|partnership|promotion|collaboration|post|content)|get paid|"
    r"gesponsert|gesponsort|werbung|anzeige|bezahlte (?:kooperation|partnerschaft)|"
    r"sponsorisee?s?|remuneree?s?|publicite|publicitaire|(?:une|de) pub|collaboration commerciale|"
    r"patrocinad[oa]s?|publicidad|publicidade|anuncio|sponsorizzat[oa]|pubblicita|gesponsord|reclame|reklamer?|annons|"
    r"sponset|sponsrat|sponsrad|sponsorowan[ye]"
)
"""What a denial must speak of to be one, wherever it stands in its sentence."""
DENIALS: Final = (
    (
        r"#(?:not|non|no|never|isnt|keine?|nicht|un|pas|sin|niet|geen|ikke|ingen|inte|nao|sem)(?:an?|bezahlte|una?|de)?"
        r"(?:ads?|advert|sponsor\w*|spon|paid|gifted|werbung|anzeige|gesponsert|pub|publi\w*|pubblicita|patrocin\w*|"
        r"gesponsord|reclame|reklame?|remunere|collab\w*)(?!\w)"
    ),
    r"#?(?:unbezahlt|unbeauftragt)e?\w*|#?unpaid\w*|#?unsponsored|#?nonsponsored|#?selbst ?(?:gekauft|bezahlt)",
    r"#werbung(?:unbezahlt|unbeauftragt|ausliebe|wegen\w+|ohne\w+|weil\w+|da\w+)",
    r"(?:with|from|using) my own (?:hard[ -]earned )?(?:money|cash|pocket)",
    r"(?:bought|paid for)(?: \w+){0,4} (?:myself|by me)",
    r"(?:i'?m|i am|was|is|am|are|were)(?: definitely)? not (?:being |getting |been )?paid",
    r"(?:no one|nobody|no brand) (?:is |has |was )?(?:paid|paying|sponsor\w*)",
    r"(?:isn|wasn|aren|weren|haven|hasn|didn|don)'?t (?:being |getting |been |get )?(?:paid|pay me)",
    r"(?:pas|non|jamais|ni) (?:ete )?(?:sponsorise|remunere|paye)e?s?|avec mon (?:propre )?argent",
    r"(?:partenariat|collaboration) non \w+",
    r"no (?:me )?(?:pagan|pagaron|patrocinad[oa])|con mi (?:propio )?dinero",
    r"non (?:e )?sponsorizzat[oa]|non retribuit[oa]|nao (?:e )?(?:patrocinad[oa]|paga?)",
    r"(?:received?|accepted|got|gotten|given) no (?:\w+ )?(?:payment|compensation|money)",
)
