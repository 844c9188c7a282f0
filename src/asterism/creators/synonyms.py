"""The trade's words for our fields, in several languages and the dialects of vendors: data, no code."""

from typing import Final

PROFILE, ADDRESS, IDENTITY = "profile address", "post address", "identity"
"""Roles that are no field themselves: addresses tell handle, "
"platform and format; identities are told apart by content."""

AVERAGED: Final = {
    "views": ("view", "views", "play", "plays", "video views", "reels video views", "vues", "visualizaciones",
              "aufrufe", "visualizacoes", "video plays", "reel plays", "reels plays", "reels views", "story views"),
    "likes": ("like", "likes", "hearts", "jaime", "me gusta", "curtidas", "gefallt mir"),
    "comments": ("comment", "comments", "kommentare", "commentaires", "comentarios"),
    "shares": ("share", "shares", "retweets", "reposts", "partages", "compartidos"),
    "engagements": ("engagements", "engagement", "eng", "interactions", "interaktionen", "authentic engagement",
                    "eng auth", "auth engagement", "total engagement", "interacciones"),
}  # fmt: skip
AVERAGE_WORDS: Final = frozenset(
    {"avg", "average", "mean", "median", "usual", "typical", "moyenne", "moyen", "mittlere", "durchschnitt",
     "durchschnittliche", "promedio", "medio"}
)  # fmt: skip

_COMMON_ID = (
    "creator id, influencer id, user id, account id, channel id, profile id, author id, owner id, social id, "
    "kol id, "
    "platform user id, external id"
)
_COMMON_HANDLE = (
    "handle, username, user name, influencer username, creator username, screen name, account name, login, "
    "user login, account, "
    "owner username, creator handle, influencer handle, author username, unique id, profile name, "
    "social handle, instagram, tiktok, youtube, instagram handle, ig handle, ig username, instagram username, "
    "tiktok handle, tiktok username, "
    "youtube handle, twitter handle, benutzername, nutzername, nom d'utilisateur, identifiant, pseudo, usuario, "
    "nombre de usuario, nome de usuario, utilizador, alias, page username, twitter username, compte, konto, "
    "cuenta, conta"
)
_COMMON_PLATFORM = (
    "platform, network, social network, social platform, social media, social media platform, plattform, "
    "plateforme, "
    "plataforma, red social, rede social, reseau, reseau social, netzwerk, work platform, source platform"
)
_SEEN = (
    "as of, seen at, scraped at, scrape time, vid scrape time, crawled at, fetched at, collected at, updated at, "
    "last updated, last update, snapshot date, data date, report date, retrieved at, stand, timestamp"
)
_POST_ID = (
    "post id, media id, video id, vid id, tweet id, shortcode, pk, content id, aweme id, item id, postid, "
    "publication id, "
    "reel id, status id"
)
_POST_URL = (
    "post url, permalink, video url, vid url, post link, video link, web video url, media link, content url, url, link"
)
_MONEY_UNITS = "currency, waehrung, wahrung, devise, moneda, moeda, currency code, ccy"

SYNONYMS: Final[dict[str, dict[str, str]]] = {
    "creators": {
        "creator_id": _COMMON_ID + ", id",
        "handle": _COMMON_HANDLE,
        IDENTITY: "name, influencer name, creator name, influencer, creator, blogger, kol, youtuber, "
            "youtuber name, tiktoker, "
        "tiktoker name, tiktok name, instagrammer, instagram name, insta name, influencer insta name, "
        "youtube channel, "
        "youtube name, channel, channel name, channel title, title, streamer, page name, page, nom, nombre, "
        "nome, author, "
        "author name, celebrity, account holder, talent, talent name, user, twitch channel, influenceur, "
        "createur, creador",
        "name": "full name, display name, real name, nickname, nom complet, vollstandiger name, nombre completo, "
        "nome completo, person, screen title",
        "platform": _COMMON_PLATFORM,
        PROFILE: "profile address, profile url, profile link, account url, lien instagram, lien, link, url, "
            "channel url, instagram url, "
        "instagram link, tiktok url, tiktok link, youtube url, youtube link, profile, instagram, tiktok, youtube, "
        "social link, page url, enlace, perfil, instagram profile, lien tiktok, lien youtube, profil, web address",
        "followers": "followers, follower, subscribers, subscriber, subs, sub, fans, abonnes, abonnenten, "
        "seguidores, "
        "inscritos, suscriptores, followers numbers, audience size, nfollower, user nfollower, edge followed by, "
        "followed by, following size, follower anzahl, nombre d'abonnes, follower zahl, anzahl follower, "
        "total followers, "
        "numero de seguidores, fan, fanbase, channel sub, patrons, members, subscribers gained total",
        "following": "following, followees, followings, follows, edge follow, friends, gefolgt, abonnements, "
        "siguiendo, "
        "seguindo, seguidos, nfollowing, user nfollowing, folgt",
        "posts": "posts, post, media, uploads, videos, video, publications, beitrage, publicaciones, "
        "publicacoes, tweets, "
        "statuses, content, total posts, total videos, channel video, nposts, posts total, "
        "edge owner to timeline media, "
        "contents",
        "niche": "niche, category, categories, category 1, main category, primary category, topic, topics, "
        "main topic, "
        "vertical, industry, interests, interest, content category, genre, theme, themes, thematique, "
        "kategorie, categoria, "
        "categorie, nische, nicho, sector, channel type, category 2, tags, content type, subject, topic category",
        "country": "country, country code, location country, country name, creator country, land, pays, pais, "
        "nation, geo, "
        "market, account country, audience country, audience country mostly, main audience country, "
        "top audience country, "
        "location, abbreviation",
        "region": "region, state, province, bundesland, estado, state region, location region",
        "city": "city, town, stadt, ville, ciudad, cidade, location city",
        "language": "language, lang, main language, content language, sprache, langue, idioma, language code, "
        "audience language",
        "bio": "bio, biography, description, about, profile text, intro, signature, channel description, "
        "biographie, profile bio",
        "verified": "verified, is verified, verified account, blue tick, verifiziert, verifie, verificado, "
        "user verified",
        "engagement_rate": "engagement rate, er, eng rate, engagement, engagement percent, er percent, "
        "taux d'engagement, "
        "taux engagement, interaktionsrate, engagementrate, tasa de interaccion, tasa de engagement, "
        "taxa de engajamento, "
        "60 day eng rate, eng, post engagement rate, engagement rate by followers, engagement rate by views, "
        "engagement rate by reach, er by followers, er by views, er by reach, engagement ratio",
        "links": "links, website, websites, external url, bio link, bio links, link in bio",
        "credible": "credible, credibility, audience credibility, follower credibility, credibility score, "
        "real followers percent, quality audience, audience quality",
        "source": "data source, data provider",
        "engagement_denominator": "engagement denominator, er basis, denominator, engagement basis, er denominator",
        "as_of": _SEEN + ", date, datum, fecha",
    },
    "posts": {
        "post_id": _POST_ID + ", post, id",
        ADDRESS: _POST_URL,
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, author, channel, channel title, "
        "channel name, user, author name, name, tiktoker, youtuber",
        "platform": _COMMON_PLATFORM,
        "format": "format, type, media type, typename, post type, content type, media product type, "
        "product type, post format",
        "posted_at": "posted at, published at, taken at, created at, post time, vid post time, date, "
        "publish date, post date, "
        "published, create time, create time iso, upload date, created time, publication date, posted, "
        "timestamp, posted on, "
        "date posted, datum, fecha, publish time, taken at timestamp",
        "seen_at": _SEEN.removesuffix(", timestamp"),
        "likes": "likes, like, nlike, vid nlike, digg, hearts, heart, reactions, edge liked by, "
        "edge media preview like, "
        "gefallt mir, jaime, j'aime, me gusta, curtidas, favorites, like total",
        "comments": "comments, comment, ncomment, vid ncomment, replies, kommentare, commentaires, comentarios, "
        "reply, "
        "edge media to comment",
        "shares": "shares, share, nshare, vid nshare, retweets, reposts, partages, compartidos, "
        "compartilhamentos, sends, "
        "geteilt, retweet, repost",
        "saves": "saves, save, saved, nsave, vid nsave, bookmarks, collect, enregistrements, guardados, "
        "salvamentos, gespeichert",
        "views": "views, view, nview, vid nview, plays, play, video views, video view, aufrufe, vues, "
        "visualizaciones, "
        "visualizacoes, reproducciones, video plays, video play, ig play",
        "reach": "reach, reached, accounts reached, unique reach, people reached, portee, reichweite, alcance, "
        "post reach",
        "caption": "caption, vid caption, text, title, description, message, content, body, beschreibung, "
        "legende, texte, "
        "full text, desc, video title, post text",
        "sponsored": "sponsored, is sponsored, is ad, ad, paid, paid partnership, is paid partnership, "
        "branded content, "
        "werbung, patrocinado, sponsorise, is branded",
        "sponsor": "sponsor, sponsors, sponsor users, brand, sponsored by, advertiser, branded content partner, "
        "partner, "
        "sponsor name, marke, marque, marca",
    },
    "audiences": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel, id",
        "dimension": "dimension, attribute, breakdown, type, kind, category, demographic, metric",
        "bucket": "bucket, segment, label, key, group, code, value, name, level",
        "share": "share, percent, percentage, pct, weight, ratio, anteil, part, proportion, porcentaje, value",
    },
    "followers": {
        "creator_id": _COMMON_ID.replace("user id, ", "") + ", " + _COMMON_HANDLE + ", influencer, creator, "
        "followed, channel, "
        "target, followee, creator",
        "person": "person, person id, follower, follower id, fan, fan id, engager, engager id, viewer, viewer id, "
        "follower hash, hashed follower, user, user id, member id, source, follower username, commenter, liker",
    },
    "overlaps": {
        "a": "a, creator a, creator 1, source, from, left, channel a, streamer a, influencer a, influencer 1, "
        "id a, handle a, "
        "handle 1, first",
        "b": "b, creator b, creator 2, target, to, right, channel b, streamer b, influencer b, influencer 2, "
        "id b, handle b, "
        "handle 2, second",
        "shared": "shared, overlap, shared viewers, shared followers, common, common followers, intersection, "
        "shared people, "
        "shared audience, both, overlap count, common viewers",
    },
    "rates": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel, talent, name, id, "
        "influencer name",
        "package": "package, deliverable, deliverables, placement, format, post type, content, service, offer, "
        "leistung, "
        "what, content type, product",
        "price": "price, rate, fee, cost, amount, quote, preis, honorar, tarif, prix, precio, preco, price usd, "
        "rate usd, "
        "fee usd, price eur, fee eur, cost usd, total, budget, paid amount, gage, cachet",
        "currency": _MONEY_UNITS,
        "date": "date, quoted at, paid at, as of, datum, fecha, quote date, valid from, invoice date, created at",
        "kind": "kind, type, status, quote or paid, price type, source",
    },
    "outcomes": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel, id",
        "campaign": "campaign, campaign name, campaign id, kampagne, campagne, campana, campanha, project",
        "cost": "cost, spend, spent, fee, paid, total cost, kosten, cout, coste, custo, budget",
        "reach": "reach, reached, people reached, accounts reached, reichweite, portee, alcance",
        "engagements": "engagements, engagement, interactions, total engagements, interaktionen",
        "clicks": "clicks, link clicks, klicks, clics, cliques, visits",
        "orders": "orders, conversions, sales, purchases, bestellungen, commandes, pedidos, ventas, "
        "approved conversion",
        "revenue": "revenue, turnover, sales value, umsatz, chiffre d'affaires, ingresos, receita, order value, "
        "gmv",
        "currency": _MONEY_UNITS,
        "date": "date, end, end date, ended at, datum, fecha, as of, campaign end",
    },
    "comments": {
        "post_id": _POST_ID + ", post, video",
        "creator_id": "creator id, influencer id, channel id, influencer username, influencer, creator, "
        "owner username, "
        "owner id, channel, post owner, post author, creator handle, handle, account",
        "person": "person, commenter, commenter id, user id, user, username, author, author id, author name, "
        "comment author, "
        "author channel id, commenter username, person id, owner",
        "posted_at": "posted at, created at, commented at, published at, date, timestamp, time, comment time, "
        "created time",
        "by_creator": "by creator, commenter is creator self, is creator, from creator, by owner, is owner, "
        "is author, creator reply",
        "comment_id": "comment id, cid",
        "parent_id": "parent id, parent comment id, reply to, in reply to, replied to",
        "text": "text, comment text, comment, body, content, message, text display, text original",
        "length": "length, text len, text length, comment length, characters",
    },
    "snapshots": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel, id",
        "platform": _COMMON_PLATFORM,
        "as_of": _SEEN + ", date, month, week, day, datum, fecha",
        "followers": "followers, follower, subscribers, subs, fans, abonnes, abonnenten, seguidores",
        "following": "following, followees, follows",
        "posts": "posts, media, uploads, videos",
        **{f"avg_{name}": f"avg {name}, average {name}" for name in ("views", "likes", "comments", "shares")},
        "engagement_rate": "engagement rate, er",
    },
    "annotations": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", influencer, creator, channel",
        "platform": _COMMON_PLATFORM,
        "date": "date, from, start, day, on, datum, fecha",
        "until": "until, to, end, ended",
        "text": "annotation, note, notes, event, reason, explanation, what happened, remark",
    },
    "accounts": {
        "creator_id": "creator id, influencer id, creator, influencer, followed, creator handle, influencer handle",
        "person": "person, person id, follower, follower id, account, account id, user id, user, hashed id, username",
        "followers": "followers, user follower count, follower count, n followers, edge followed by",
        "following": "following, follows, user following count, followees, n following, edge follow",
        "posts": "posts, user media count, media count, n posts, post count",
        "has_picture": "has picture, profile pic, user has profil pic, has profile picture, profile picture",
        "private": "private, is private, user is private",
        "bio_length": "bio length, user biography length, description length, biography length",
        "digits": "digits, nums length username, digit share, share of digits",
    },
    "links": {
        "creator_id": _COMMON_ID + ", " + _COMMON_HANDLE + ", creator",
        "platform": _COMMON_PLATFORM,
        "other_platform": "other platform, linked platform, second platform",
        "other_handle": "other handle, linked handle, linked account, other account, second handle",
        "source": "source, said by",
        "as_of": _SEEN,
    },
    "fx": {
        "currency": _MONEY_UNITS + ", iso, code, from",
        "date": "date, as of, day, datum",
        "usd": "usd, in usd, usd rate, rate, exchange rate, usd per unit, to usd, value, us dollars",
    },
}  # fmt: skip

COUNTING: Final = frozenset(
    {"count", "counts", "number", "numbers", "num", "nb", "of", "the", "values", "value", "anzahl"}
)
NOISE: Final = COUNTING | frozenset(
    {"no", "mostly", "n", "main", "data", "user", "account", "profile", "influencer", "creator", "channel", "author",
     "instagram", "insta", "ig", "tiktok", "youtube", "yt", "facebook", "twitter", "vid", "video", "post", "media",
     "basic", "metrics", "stats", "statistics",
     "current", "day", "days", "last", "year", "month", "in", "anzahl", "nombre", "de"}
)  # fmt: skip
"""Words that may stand in a header without changing what it means."""
TOTAL: Final = frozenset(
    {"total", "sum", "lifetime", "overall", "alltime", "rank", "ranking", "growth", "earnings", "score"}
)
"""Words that make of a known field another figure."""


WHY_NOT: Final = (
    ("rank ranking no index row unnamed nr", "a running number or rank, not a figure of the creator"),
    ("earnings income emv salary", "an estimate of money earned; no field of ours"),
    ("score quality aqs", "a vendor's score whose parts are not stated; not trusted, not used"),
    ("email mail phone telephone whatsapp contact", "contact data is not kept with creators"),
    ("total lifetime overall", "a total over all posts, not a figure per post"),
    ("created joined birth birthday", "a date of the account, not of the figures"),
    ("music sound audio", "about the sound, not about the post or its creator"),
    ("duration", "length of the video; no field of ours"),
    ("hashtags tags tagged", "tags; read from the caption where needed"),
)
"""Families of headers that mean no field of ours: their words, and why."""
