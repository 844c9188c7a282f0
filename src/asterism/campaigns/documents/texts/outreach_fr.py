"""First letters in French."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

_CLOSE: Final = "\n\nBien cordialement,\n{sender_name}\n{sender_role}, {brand}"
_OPT_OUT: Final = "\n\nPas intéressé, ni maintenant ni plus tard ? Un clic met fin à tous nos messages : {opt_out_link}"

_PERSONAL: Final = """
    Bonjour {creator_name},

    {why_you}

    J'écris pour {brand}. Nous préparons {campaign} ({product}) et aimerions le faire avec vous. Vous
    connaissez les personnes qui vous suivent, vous leur répondez, et elles vous croient. Voici ce que nous imaginons :

    {deliverables}

    **Votre façon de raconter passe d'abord.** Montrez-le avec vos mots et dans votre style. Mieux qu'une publicité trop
    lisse : {everyday_formats}.

    **C'est votre avis honnête que nous demandons**, points faibles compris. Ce que vous pensez, vous le dites, et le
    paiement n'en dépend pas.

    **Ce que vous recevez.** {remuneration}

    **Le contenu est signalé comme rémunéré** : {disclosure_words}, {disclosure_place}. S'y ajoute : {platform_label}.

    Si tout se passe bien pour vous et pour nous, nous préférons rester en lien pendant des mois que nous croiser pour
    une seule publication.

    Cela vous ressemble ? Une courte réponse avant le {reply_by} nous aide à planifier, et vos questions sont
    bienvenues. Tout ce qui est déjà connu : {portal_link}
    """

_BLEND: Final = """
    Bonjour {creator_name},

    {why_you}

    J'écris pour {brand}. Nous préparons {campaign} ({product}), du {start} au {end}. Notre objectif : {goal}.
    Vous êtes assez proche de votre public pour qu'il vous demande conseil, et assez suivi pour être vu ; nous cherchons
    les deux. Voici ce que nous imaginons :

    {deliverables}

    **À vous de décider.** Le ton, l'histoire et votre avis, que nous voulons honnête. À côté d'un contenu préparé :
    {everyday_formats}.

    **Ce dont nous avons besoin.** Le message : {message} Ce que les gens devraient faire ensuite : {call_to_action} Sur
    {platform}, le bon endroit : {action_place}.

    **Vos idées.** Pour que votre public participe : {interactive_formats}. Si vous voyez mieux, dites-le-nous.

    **Ce que vous recevez.** {remuneration}

    **Le contenu est signalé comme rémunéré** : {disclosure_words}, {disclosure_place}. S'y ajoute : {platform_label}.

    Si la première campagne convient à tous, nous aimerions continuer. Une réponse avant le {reply_by} nous aide à
    planifier. Les détails : {portal_link}
    """

_STRATEGIC: Final = """
    Bonjour {creator_name},

    {brand} prépare {campaign} ({product}), du {start} au {end}. Votre portée sur {platform}, auprès de
    personnes qui s'intéressent au thème « {niche} », est la raison pour laquelle nous aimerions vous en confier la
    tête.

    **Objectif :** {goal}. Ce qui doit rester : {message}

    **Contenus attendus.** Ouverts à votre conseil :

    {deliverables}

    **Vos idées.** Vous savez ce que votre public regarde jusqu'au bout. Nous aimerions développer l'idée avec vous
    avant tout tournage. Pour la porter : {diverse_formats}. Pour faire participer : {interactive_formats}.

    **Appel à l'action.** {call_to_action} Notre proposition : {action_place}.

    **Conditions.** {remuneration} {usage_rights}

    **Exclusivité.** {exclusivity}

    **Mention.** {disclosure_words}, {disclosure_place}. S'y ajoute : {platform_label}.

    Nous serions heureux d'en parler avec vous ou votre agent avant le {reply_by}. Le projet avec toutes les dates :
    {portal_link}
    """

TEXTS: Final = {
    ("outreach", "personal"): (
        "{creator_name}, une idée autour du thème {niche}",
        flowing(_PERSONAL) + _CLOSE + _OPT_OUT,
    ),
    ("outreach", "blend"): (
        "{brand} et {creator_name} : une idée pour {platform}",
        flowing(_BLEND) + _CLOSE + _OPT_OUT,
    ),
    ("outreach", "strategic"): (
        "Proposition de partenariat : {campaign} par {brand}",
        flowing(_STRATEGIC) + _CLOSE + _OPT_OUT,
    ),
}
