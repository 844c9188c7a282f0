"""Creator briefs in French."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

_HEAD: Final = """
    # Brief pour {creator_name} : {campaign}

    {brand}, {today}. Écrit pour {creator_handle} sur {platform}.

    ## De quoi il s'agit

    Le sujet : {product}. La campagne va du {start} au {end}. Son objectif : {goal}.

    ## Ce que nous vous demandons

    {deliverables}
    """

_PERSONAL: Final = """
    ## Comment nous travaillons ensemble

    - **Avec vos mots.** Racontez-le comme tout le reste. Il n'y a pas de script.
    - **Votre avis honnête.** Dites ce que vous aimez et ce que vous n'aimez pas. Nous corrigeons les faits, jamais les
      avis.
    - **Le quotidien plutôt que le vernis.** De bons endroits : {everyday_formats}.
    - **Répondez.** Les questions sous la publication en sont la meilleure part. Si une réponse vous manque,
      demandez-la.
    - **Dans la durée.** Si cela marche, montrez ce qu'il en est après des semaines et des mois, et dites-nous quoi
      améliorer.

    ## Ce que les gens doivent retenir

    {message} Dites-le avec vos mots, ou laissez-le là où cela ne convient pas.
    """

_BLEND: Final = """
    ## Comment nous travaillons ensemble

    - **Votre voix, nos faits.** Le ton et l'histoire sont à vous, votre avis honnête aussi.
    - **Proche et visible.** Un contenu préparé donne de la portée ; pour rester proche : {everyday_formats}.
    - **Faites participer.** Sur {platform} : {interactive_formats}.
    - **De meilleures idées ?** Dites-les avant de tourner, nous décidons en quelques jours.

    ## Ce que les gens doivent retenir

    {message}

    Ce qu'ils devraient faire ensuite : {call_to_action} Sur {platform} : {action_place}.
    """

_STRATEGIC: Final = """
    ## Ce que nous attendons

    - **Un message** : {message}
    - **Un appel à l'action** : {call_to_action} Il se place là où il agit sur {platform} : {action_place}.
    - **Chaque contenu à sa date**, car les publications se suivent.

    ## Où nous demandons vos idées

    - **Le format.** Pour porter la campagne : {diverse_formats} ; proposez ce que votre public regarde jusqu'au bout.
    - **L'interaction.** Pour faire participer : {interactive_formats}.
    - **Les personnes.** Si d'autres créateurs la rendent plus forte, nommez-les.

    Votre avis sur le produit est le vôtre et peut être dit tel qu'il est.
    """

_TAIL: Final = """
    ## À faire

    {dos}

    ## À éviter

    {donts}

    ## Sujets délicats

    {care}

    ## La mention

    Les mots : {disclosure_words}, {disclosure_place}. Ils viennent avant tout ce qu'il faut déplier, jamais au milieu
    des hashtags, dans chaque publication et chaque story. S'y ajoute : {platform_label}.

    {disclosure_duty}

    ## Hashtags et liens

    Hashtags : {hashtags}

    {links}

    ## Projets et rémunération

    - **Projets.** {approval_rounds}
    - **Rémunération.** {remuneration} {payment_terms}
    - **Droits d'utilisation.** {usage_rights}
    - **Exclusivité.** {exclusivity}

    ## Questions

    Demandez à {sender_name}, ou sur votre page, où vous remettez aussi vos projets : {portal_link}

    Ce résumé des règles sur la mention n'est pas un conseil juridique.
    """

TEXTS: Final = {
    ("brief", tone): ("Brief : {campaign} sur {platform}", "\n\n".join(map(flowing, (_HEAD, how, _TAIL))))
    for tone, how in {"personal": _PERSONAL, "blend": _BLEND, "strategic": _STRATEGIC}.items()
}
