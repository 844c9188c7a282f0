"""Words that say it: advertising, paid for, sponsored, in sixteen languages."""

from typing import Final

from asterism.campaigns.disclosure.words import Meaning, Wordlist

_AD, _PAID, _SPONSORED = Meaning.AD, Meaning.PAID, Meaning.SPONSORED
CLEAR: Final = (
    Wordlist(
        _AD, "en",
        "ad|advert|advertisement|advertising|advertorial|ad feature|advert feature|ad gifted",
        "paid advertorial|advertisement feature|advertising feature|paid ad|paid ads|paid advert|paid advertisement|"
        "paid advertising|this is an ad|this is an advert|this is an advertisement|post is an ad|"
        "video is an ad|reel is an ad",
        "ads|adverts",
    ),
    Wordlist(
        _AD, "de",
        "werbung|anzeige|werbeanzeige|werbevideo|dauerwerbesendung|werbepost|werbebeitrag",
        "bezahlte werbung|bezahlte anzeige|enthält werbung|enthält bezahlte werbung|ist werbung|"
        "bezahlte werbepartnerschaft|werbepartnerschaft|werbekooperation|bezahlte werbekooperation",
    ),
    Wordlist(
        _AD, "fr",
        "publicité|pub|publi",
        "contenu publicitaire|post publicitaire|publication publicitaire|vidéo publicitaire|"
        "annonce publicitaire|communication commerciale|contient de la publicité|contient une publicité|"
        "ceci est une publicité|c'est une publicité|publi rédactionnel",
    ),
    Wordlist(
        _AD, "es",
        "publicidad|anuncio|publi|ad publicitario",
        "contenido publicitario|publicación publicitaria|contiene publicidad|esto es publicidad|"
        "es un anuncio|publicidad pagada",
    ),
    Wordlist(
        _AD, "it",
        "pubblicità|adv|annuncio pubblicitario|inserzione a pagamento",
        "contenuto pubblicitario|messaggio pubblicitario|post pubblicitario|pubblicità a pagamento|"
        "contiene pubblicità",
    ),
    Wordlist(
        _AD, "pt",
        "publicidade|publi|anúncio|publipost",
        "conteúdo publicitário|contém publicidade|isto é publicidade|publicidade paga|publi paga",
    ),
    Wordlist(
        _AD, "nl",
        "reclame|advertentie|adv",
        "betaalde advertentie|betaalde reclame|bevat reclame|dit is reclame",
    ),
    Wordlist(
        _AD, "da",
        "reklame|annonce",
        "indeholder reklame|betalt annonce",
    ),
    Wordlist(
        _AD, "no",
        "reklame|annonse",
        "inneholder reklame|betalt annonse",
    ),
    Wordlist(
        _AD, "sv",
        "reklam|annons",
        "innehåller reklam|betald annons",
    ),
    Wordlist(
        _AD, "fi",
        "mainos",
        "sisältää mainoksen|maksettu mainos",
    ),
    Wordlist(
        _AD, "pl",
        "reklama|materiał reklamowy",
        "post reklamowy|płatna reklama",
    ),
    Wordlist(
        _AD, "cs",
        "reklama",
        "placená reklama",
    ),
    Wordlist(
        _AD, "ro",
        "publicitate|reclamă",
        "conținut publicitar",
    ),
    Wordlist(
        _AD, "hu",
        "hirdetés|reklám",
        "fizetett hirdetés",
    ),
    Wordlist(
        _AD, "el",
        "διαφήμιση",
        "περιέχει διαφήμιση",
    ),
    Wordlist(
        _PAID, "en",
        "",
        "paid partnership|paid partnerships|paid promotion|paid collaboration|paid collab|paid post|"
        "paid content|paid sponsorship|paid partner|paid endorsement|paid review|paid for by|"
        "paid product placement",
    ),
    Wordlist(
        _PAID, "de",
        "",
        "bezahlte partnerschaft|bezahlte kooperation|bezahlte zusammenarbeit|bezahlter beitrag|"
        "bezahlte produktplatzierung|entgeltliche kooperation",
    ),
    Wordlist(
        _PAID, "fr",
        "",
        "collaboration commerciale|partenariat rémunéré|collaboration rémunérée|partenariat commercial|"
        "collaboration payée|partenariat payé|placement de produit rémunéré",
    ),
    Wordlist(
        _PAID, "es",
        "",
        "colaboración pagada|colaboración remunerada|asociación pagada|colaboración comercial|"
        "contenido pagado|promoción pagada",
    ),
    Wordlist(
        _PAID, "it",
        "",
        "partnership pubblicitaria|collaborazione retribuita|collaborazione pagata|partnership retribuita|"
        "collaborazione pubblicitaria|promozione a pagamento",
    ),
    Wordlist(
        _PAID, "pt",
        "",
        "parceria paga|parceria remunerada|colaboração paga|promoção paga|conteúdo pago",
    ),
    Wordlist(
        _PAID, "nl",
        "",
        "betaald partnerschap|betaalde samenwerking|betaalde promotie",
    ),
    Wordlist(
        _PAID, "da",
        "",
        "betalt samarbejde|betalt partnerskab|reklamesamarbejde",
    ),
    Wordlist(
        _PAID, "no",
        "",
        "betalt samarbeid|betalt partnerskap|reklamesamarbeid",
    ),
    Wordlist(
        _PAID, "sv",
        "",
        "betalt samarbete|betalt partnerskap|reklamsamarbete|i betalt samarbete",
    ),
    Wordlist(
        _PAID, "fi",
        "",
        "kaupallinen yhteistyö|maksettu yhteistyö",
    ),
    Wordlist(
        _PAID, "pl",
        "",
        "płatna współpraca|współpraca reklamowa|płatna promocja",
    ),
    Wordlist(
        _PAID, "cs",
        "",
        "placená spolupráce|placené partnerství",
    ),
    Wordlist(
        _PAID, "ro",
        "",
        "parteneriat plătit|colaborare plătită",
    ),
    Wordlist(
        _PAID, "hu",
        "",
        "fizetett együttműködés|fizetett partnerség",
    ),
    Wordlist(
        _PAID, "el",
        "",
        "πληρωμένη συνεργασία|επί πληρωμή συνεργασία",
    ),
    Wordlist(
        _SPONSORED, "en",
        "sponsored",
        "sponsored by|sponsored post|sponsored video|sponsored content|sponsored reel|sponsored story|"
        "sponsored stream|sponsored episode|sponsored segment|sponsored vlog|sponsored review|contains sponsored|"
        "sponsored link|sponsored links|am sponsored|kindly sponsored|"
        "proudly sponsored|sponsoring this|sponsoring today's|sponsoring my|sponsoring our|"
        "sponsors this video",
    ),
    Wordlist(
        _SPONSORED, "de",
        "gesponsert|gesponsort",
        "gesponsert von|gesponsert durch|gesponserter beitrag|gesponsertes video|gesponserte inhalte",
    ),
    Wordlist(
        _SPONSORED, "fr",
        "sponsorisé|sponsorisée",
        "sponsorisé par|sponsorisée par|contenu sponsorisé|vidéo sponsorisée|post sponsorisé|"
        "publication sponsorisée",
    ),
    Wordlist(
        _SPONSORED, "es",
        "patrocinado|patrocinada",
        "patrocinado por|patrocinada por|contenido patrocinado|vídeo patrocinado|publicación patrocinada",
    ),
    Wordlist(
        _SPONSORED, "it",
        "sponsorizzato|sponsorizzata",
        "sponsorizzato da|contenuto sponsorizzato|post sponsorizzato|video sponsorizzato",
    ),
    Wordlist(
        _SPONSORED, "pt",
        "patrocinado|patrocinada",
        "patrocinado por|patrocinada por|conteúdo patrocinado|post patrocinado|vídeo patrocinado",
    ),
    Wordlist(
        _SPONSORED, "nl",
        "gesponsord",
        "gesponsord door|gesponsorde post|gesponsorde video|gesponsorde content",
    ),
    Wordlist(
        _SPONSORED, "da",
        "sponsoreret",
        "sponsoreret af|sponsoreret indhold",
    ),
    Wordlist(
        _SPONSORED, "no",
        "sponset",
        "sponset av|sponset innhold",
    ),
    Wordlist(
        _SPONSORED, "sv",
        "sponsrad|sponsrat",
        "sponsrad av|sponsrat av|sponsrat inlägg|sponsrat innehåll",
    ),
    Wordlist(
        _SPONSORED, "pl",
        "sponsorowane|sponsorowany",
        "materiał sponsorowany|post sponsorowany|sponsorowane przez",
    ),
)  # fmt: skip
