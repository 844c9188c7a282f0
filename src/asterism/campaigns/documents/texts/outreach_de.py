"""First letters in German: nearer creators are addressed as «du», those with management as «Sie»."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

_CLOSE: Final = "\n\nViele Grüße\n{sender_name}\n{sender_role}, {brand}"
_OPT_OUT: Final = "\n\nKein Interesse, auch später nicht? Ein Klick beendet alle Nachrichten von uns: {opt_out_link}"

_PERSONAL: Final = """
    Hallo {creator_name},

    {why_you}

    Ich schreibe für {brand}. Wir bereiten {campaign} vor ({product}) und möchten das gern mit dir machen. Du
    kennst die Menschen, die dir folgen, du antwortest ihnen, und sie glauben dir. Gedacht haben wir an:

    {deliverables}

    **Deine Art zu erzählen geht vor.** Zeig es mit deinen Worten und in deinem Stil. Besser als eine glatte Werbung
    passen {everyday_formats}.

    **Wir bitten um deine ehrliche Meinung**, auch über Schwächen. Was du denkst, sagst du selbst, und die Bezahlung
    hängt nicht davon ab.

    **Was du bekommst.** {remuneration}

    **Es wird als bezahlt gekennzeichnet**: {disclosure_words}, {disclosure_place}. Dazu kommt: {platform_label}.

    Wenn es für beide gut läuft, bleiben wir lieber über Monate in Verbindung, als uns für einen Beitrag zu treffen.

    Klingt das nach dir? Eine kurze Antwort bis {reply_by} hilft uns beim Planen, Fragen gern schon vorher. Alles, was
    bisher feststeht: {portal_link}
    """

_BLEND: Final = """
    Hallo {creator_name},

    {why_you}

    Ich schreibe für {brand}. Wir bereiten {campaign} vor ({product}), vom {start} bis {end}. Unser Ziel:
    {goal}. Du bist nah genug an deinem Publikum, um nach Rat gefragt zu werden, und groß genug, um gesehen zu werden;
    wir suchen beides. Gedacht haben wir an:

    {deliverables}

    **Deine Entscheidung.** Ton, Geschichte und deine Meinung, die wir ehrlich hören wollen. Neben einem geplanten Stück
    passen {everyday_formats}.

    **Was wir brauchen.** Die Botschaft: {message} Was die Leute als Nächstes tun sollen: {call_to_action} Auf
    {platform} eignet sich dafür: {action_place}.

    **Offen für Ideen.** Damit dein Publikum mitmacht: {interactive_formats}. Wenn du einen besseren Weg siehst, sag es.

    **Was du bekommst.** {remuneration}

    **Es wird als bezahlt gekennzeichnet**: {disclosure_words}, {disclosure_place}. Dazu kommt: {platform_label}.

    Wenn die erste Kampagne für beide passt, machen wir gern weiter. Eine Antwort bis {reply_by} hilft uns beim Planen.
    Die Einzelheiten: {portal_link}
    """

_STRATEGIC: Final = """
    Guten Tag {creator_name},

    {brand} bereitet {campaign} vor ({product}), vom {start} bis {end}. Ihre Reichweite auf {platform} bei
    Menschen, die sich für {niche} interessieren, ist der Grund, warum wir Sie gern an der Spitze sähen.

    **Ziel:** {goal}. Was hängen bleiben soll: {message}

    **Leistungen.** Das erwarten wir, offen für Ihren Rat:

    {deliverables}

    **Ihre Ideen.** Sie wissen, was Ihr Publikum bis zum Ende ansieht. Wir möchten die Idee gemeinsam entwickeln, bevor
    gedreht wird. Tragen könnten sie {diverse_formats}; zum Mitmachen: {interactive_formats}.

    **Handlungsaufruf.** {call_to_action} Unser Vorschlag: {action_place}.

    **Bedingungen.** {remuneration} {usage_rights}

    **Exklusivität.** {exclusivity}

    **Kennzeichnung.** {disclosure_words}, {disclosure_place}. Dazu kommt: {platform_label}.

    Gern sprechen wir bis {reply_by} mit Ihnen oder Ihrem Management. Der Entwurf mit allen Terminen: {portal_link}
    """

TEXTS: Final = {
    ("outreach", "personal"): (
        "{creator_name}, eine Idee zum Thema {niche}",
        flowing(_PERSONAL) + _CLOSE + _OPT_OUT,
    ),
    ("outreach", "blend"): (
        "{brand} und {creator_name}: eine Idee für {platform}",
        flowing(_BLEND) + _CLOSE + _OPT_OUT,
    ),
    ("outreach", "strategic"): (
        "Vorschlag zur Zusammenarbeit: {campaign} von {brand}",
        flowing(_STRATEGIC) + _CLOSE + _OPT_OUT,
    ),
}
