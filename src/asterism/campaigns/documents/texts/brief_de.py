"""Creator briefs in German, without a form of address, so that one text serves every tier."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

_HEAD: Final = """
    # Briefing für {creator_name}: {campaign}

    {brand}, {today}. Geschrieben für {creator_handle} auf {platform}.

    ## Worum es geht

    Thema: {product}. Die Kampagne läuft vom {start} bis {end}. Ihr Ziel: {goal}.

    ## Was entstehen soll

    {deliverables}
    """

_PERSONAL: Final = """
    ## Wie wir zusammenarbeiten

    - **In eigenen Worten.** So erzählt wie alles andere auf dem Kanal. Es gibt kein Skript.
    - **Ehrliche Meinung.** Was gefällt und was nicht. Wir berichtigen Fakten, nie Meinungen.
    - **Alltag statt Hochglanz.** Gut geeignet: {everyday_formats}.
    - **Antworten geben.** Fragen unter dem Beitrag sind das Beste daran. Was offen bleibt, beantworten wir.
    - **Auf lange Sicht.** Wenn es passt: zeigen, was nach Wochen und Monaten daraus wird, und sagen, was besser sein
      könnte.

    ## Was hängen bleiben soll

    {message} Gern in eigenen Worten, oder weglassen, wo es nicht passt.
    """

_BLEND: Final = """
    ## Wie wir zusammenarbeiten

    - **Eigene Stimme, unsere Fakten.** Ton und Geschichte sind frei, die Meinung ist ehrlich und eigen.
    - **Nah und sichtbar.** Ein geplantes Stück bringt Reichweite; nah bleiben {everyday_formats}.
    - **Zum Mitmachen.** Auf {platform}: {interactive_formats}.
    - **Bessere Ideen.** Vor dem Dreh melden, wir entscheiden binnen Tagen.

    ## Was hängen bleiben soll

    {message}

    Was die Leute als Nächstes tun sollen: {call_to_action} Auf {platform}: {action_place}.
    """

_STRATEGIC: Final = """
    ## Was wir erwarten

    - **Eine Botschaft**: {message}
    - **Ein Handlungsaufruf**: {call_to_action} Er steht dort, wo er auf {platform} wirkt: {action_place}.
    - **Jede Leistung zu ihrem Termin**, denn die Beiträge bauen aufeinander auf.

    ## Wo wir um Ideen bitten

    - **Format.** Tragen könnten die Kampagne {diverse_formats}; gefragt ist, was das Publikum bis zum Ende ansieht.
    - **Mitmachen.** {interactive_formats}.
    - **Menschen.** Wenn andere Creator es stärker machen: bitte nennen.

    Die Meinung über das Produkt ist eigen und darf so gesagt werden, wie sie ist.
    """

_TAIL: Final = """
    ## Bitte

    {dos}

    ## Bitte nicht

    {donts}

    ## Themen, die Sorgfalt brauchen

    {care}

    ## Kennzeichnung

    Worte dafür: {disclosure_words}, {disclosure_place}. Sie stehen vor allem, was man erst anklicken muss, nie mitten
    in Hashtags, und in jedem Beitrag und jeder Story. Dazu kommt: {platform_label}.

    {disclosure_duty}

    ## Hashtags und Links

    Hashtags: {hashtags}

    {links}

    ## Entwürfe und Geld

    - **Entwürfe.** {approval_rounds}
    - **Bezahlung.** {remuneration} {payment_terms}
    - **Nutzungsrechte.** {usage_rights}
    - **Exklusivität.** {exclusivity}

    ## Fragen

    An {sender_name}, oder auf der eigenen Seite, wo auch Entwürfe abgegeben werden: {portal_link}

    Diese Zusammenfassung der Regeln zur Kennzeichnung ist keine Rechtsberatung.
    """

TEXTS: Final = {
    ("brief", tone): ("Briefing: {campaign} auf {platform}", "\n\n".join(map(flowing, (_HEAD, how, _TAIL))))
    for tone, how in {"personal": _PERSONAL, "blend": _BLEND, "strategic": _STRATEGIC}.items()
}
