"""The notice under Article 14 GDPR, in English, German and French; the law is the same for every tier."""

from typing import Final

from asterism.campaigns.documents.lines import flowing

TONES: Final = ("personal", "blend", "strategic")

_ENGLISH: Final = """
    # What we keep about you, and why

    Dear {creator_name},

    {brand} keeps data about you as {creator_handle} on {platform}. As it did not come from you, Article 14 of the
    General Data Protection Regulation asks us to tell you, and we want you to know.

    ## Who is responsible

    {company}. Questions about your data: {privacy_contact}

    ## What is kept

    {data_held}

    ## Where it comes from

    {data_source}

    ## What it is for, and on which basis

    To find creators for {campaign} and similar campaigns, to write to them, and to work with them. The basis is
    {lawful_basis}.

    ## Who sees it

    {recipients}

    ## Outside the European Union

    {transfers}

    ## How long

    {kept_for} after the last contact; longer only where a law requires it.

    ## Your rights

    - You may ask what is kept, and have a copy of it.
    - You may have it corrected, deleted, or its use restricted.
    - **You may object at any time**, without giving a reason where it is about advertising. One click is enough:
      {opt_out_link}
    - Where the basis is consent or a contract, you may take your data elsewhere.
    - You may complain to the supervisory authority of the country where you live or work.

    Estimates, such as of reach and engagement, are computed from public figures. People decide; no decision with legal
    effect for you is made by a machine alone.

    Kind regards,
    """

_GERMAN: Final = """
    # Was wir über Sie speichern, und warum

    Guten Tag {creator_name},

    {brand} speichert Daten über Sie als {creator_handle} auf {platform}. Da sie nicht von Ihnen selbst stammen,
    informieren wir Sie nach Artikel 14 der Datenschutz-Grundverordnung.

    ## Wer verantwortlich ist

    {company}. Fragen zu Ihren Daten: {privacy_contact}

    ## Was gespeichert ist

    {data_held}

    ## Woher es stammt

    {data_source}

    ## Wozu, und auf welcher Grundlage

    Um Creator für {campaign} und ähnliche Kampagnen zu finden, ihnen zu schreiben und mit ihnen zu arbeiten. Grundlage:
    {lawful_basis}.

    ## Wer es sieht

    {recipients}

    ## Außerhalb der Europäischen Union

    {transfers}

    ## Wie lange

    {kept_for} nach dem letzten Kontakt; länger nur, wo ein Gesetz es verlangt.

    ## Ihre Rechte

    - Sie können Auskunft verlangen und eine Kopie erhalten.
    - Sie können berichtigen oder löschen lassen, was gespeichert ist, oder die Nutzung einschränken lassen.
    - **Sie können jederzeit widersprechen**, bei Werbung ohne Angabe von Gründen. Ein Klick genügt: {opt_out_link}
    - Beruht die Speicherung auf einer Einwilligung oder einem Vertrag, können Sie Ihre Daten mitnehmen.
    - Sie können sich bei der Aufsichtsbehörde des Landes beschweren, in dem Sie leben oder arbeiten.

    Schätzungen, etwa von Reichweite und Interaktion, werden aus öffentlichen Zahlen berechnet. Menschen entscheiden;
    keine Entscheidung mit rechtlicher Wirkung für Sie trifft allein eine Maschine.

    Mit freundlichen Grüßen
    """

_FRENCH: Final = """
    # Ce que nous conservons à votre sujet, et pourquoi

    Bonjour {creator_name},

    {brand} conserve des données à votre sujet, en tant que {creator_handle} sur {platform}. Comme elles ne viennent pas
    de vous, nous vous informons selon l'article 14 du règlement général sur la protection des données.

    ## Le responsable

    {company}. Questions sur vos données : {privacy_contact}

    ## Ce qui est conservé

    {data_held}

    ## D'où cela vient

    {data_source}

    ## À quoi cela sert, et sur quelle base

    Trouver des créateurs pour {campaign} et des campagnes semblables, leur écrire et travailler avec eux. La base :
    {lawful_basis}.

    ## Qui y a accès

    {recipients}

    ## Hors de l'Union européenne

    {transfers}

    ## Combien de temps

    {kept_for} après le dernier contact ; plus longtemps seulement si une loi l'exige.

    ## Vos droits

    - Vous pouvez demander ce qui est conservé et en recevoir une copie.
    - Vous pouvez le faire corriger, effacer, ou en faire limiter l'usage.
    - **Vous pouvez vous y opposer à tout moment**, sans motif quand il s'agit de publicité. Un clic suffit :
      {opt_out_link}
    - Si la base est un consentement ou un contrat, vous pouvez emporter vos données.
    - Vous pouvez saisir l'autorité de contrôle du pays où vous vivez ou travaillez.

    Les estimations, de portée ou d'engagement par exemple, sont calculées à partir de chiffres publics. Des personnes
    décident ; aucune décision ayant pour vous un effet juridique n'est prise par une machine seule.

    Cordialement,
    """

_NAME: Final = "\n{sender_name}\n{brand}"

TEXTS: Final = {
    "en": ("What {brand} keeps about you, and your rights", flowing(_ENGLISH) + _NAME),
    "de": ("Was {brand} über Sie speichert, und Ihre Rechte", flowing(_GERMAN) + _NAME),
    "fr": ("Ce que {brand} conserve à votre sujet, et vos droits", flowing(_FRENCH) + _NAME),
}
