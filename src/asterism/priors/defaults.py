"""The benchmarks themselves, as literals: published figures first, then assumptions that say they are.

Medians hold at the middle of the tiers, 4k, 32k, 224k, 707k and 3M followers; ranges are 5–95%. Quality: A, a stated
panel and method; B, a vendor's figure through the press; C, an aggregator's page; assumption, ours. Widths are
deliberate: a creator's own posts should outweigh them after about ten.
"""

from typing import Final

from asterism.priors.entries import OURS, curve, number
from asterism.priors.prices import ADD_ONS
from asterism.priors.trust import TRUST
from asterism.priors.views import VIEWS

_ELSEWHERE: Final = "; platforms without figures of their own take this curve, widened"

RATES: Final = (
    curve(
        "reach_rate.instagram.post", "25 12 45, 18 8 32, 14 6 26, 12 5 24, 9 4 20",
        "minter.io (3–4M posts), Socialinsider, RivalIQ, weighed together" + _ELSEWHERE,
        "2019–2024", "A", denominator="followers", beyond=-0.15,
    ),
    curve(
        "reach_rate.instagram.story", "7.5 4 15, 5 2.5 12, 4.3 2 10, 4 1.5 10, 3 1 8",
        "minter.io (350k stories), Socialinsider, RivalIQ, weighed together" + _ELSEWHERE,
        "2019–2024", "A", denominator="followers", beyond=-0.15,
    ),
    number(
        "reach_rate.views_first", (0.28, 0.14, 0.56),
        OURS + ": part of those who watch a creator at all that one usual video reaches; videos are shown to different"
        " people each time", unit="share",
    ),
    curve(
        "engagement_rate.instagram.post", "2.5 0.8 8, 1.5 0.5 4.5, 1.2 0.4 3.5, 1.0 0.35 2.8, 0.7 0.25 2.0",
        "HypeAuditor, Statista and eight aggregators that disagree by a factor of four" + _ELSEWHERE,
        "2021–2026", "B", denominator="followers",
    ),
    curve(
        "engagement_rate.tiktok.video", "9 4 16, 7 3 12, 5 2.5 9, 4 1.8 8, 3.5 1 8",
        "organicmediabuying, untapper, HypeAuditor, Captiv8", "2022–2026", "C", denominator="views",
    ),
    curve(
        "engagement_rate.youtube.video", "3.2 1.6 6.4, 2.1 1.05 4.2, 1.5 0.75 3, 1.2 0.6 2.4, 0.9 0.45 1.8",
        "aggregators; the denominator is not stated and taken to be views", "2025–2026", "C", denominator="views",
    ),
    curve(
        "views_rate.tiktok", "40 8 200, 25 5 125, 18 3.6 90, 15 3 75, 10 2 50", OURS,
        quality="assumption", denominator="followers",
    ),
    curve(
        "views_rate.youtube", "25 5 125, 15 3 75, 10 2 50, 8 1.6 40, 6 1.2 30", OURS,
        quality="assumption", denominator="followers",
    ),
    number("unique_views.tiktok", (0.68, 0.55, 0.84), "Stellar, help pages", "2026", "B", unit="share"),
    number("unique_views.youtube", (0.75, 0.6, 0.94), "Stellar, help pages", "2026", "B", unit="share"),
    number("format.reach_rate.reel", (2.0, 1.5, 3.0), "aggregators: 1.5–3 times static reach", "2026", "C"),
    number("format.reach_rate.video", (2.0, 1.5, 3.0), "as reels", "2026", "C"),
    number("format.reach_rate.carousel", (1.05, 0.8, 1.4)),
    number("format.reach_rate.story", (0.3, 0.15, 0.6)),
    number("format.engagement_rate.reel", (1.3, 0.7, 2.4)),
    number("format.engagement_rate.video", (1.2, 0.7, 2.0)),
    number("format.engagement_rate.carousel", (1.1, 0.8, 1.5)),
    number("format.engagement_rate.short", (1.2, 0.6, 2.4)),
    number("format.engagement_rate.story", (0.08, 0.02, 0.3), OURS + ": replies, taps and shares only"),
    number("format.other", (1.0, 0.5, 2.0), OURS + ": other formats are like the main one, within twice"),
)  # fmt: skip

PRICES: Final = (
    curve(
        "fee.instagram.post", "75 20.1 280, 400 107.3 1491, 2200 590 8203, 9000 2414 33560, 35000 6756 181300",
        "wordontheblock, collabdxb, IMH, iidb; log-sd 0.8, 1.0 at the top" + _ELSEWHERE,
        "2023–2026", "C", unit="US dollars", beyond=1.0,
    ),
    curve(
        "fee.tiktok.video", "20 4.2 95, 100 21 477, 550 115 2624, 2250 471 10737, 9000 1473 54990",
        "wordontheblock 2023 (a quarter of its Instagram fees) and a CPM of 5–15 on views", "2023", "C",
        unit="US dollars", beyond=1.0,
    ),
    curve(
        "fee.youtube.video", "40 7.7 207, 220 42.5 1140, 1100 212 5700, 3200 618 16580, 12000 2316 62170",
        "wordontheblock 2023 and a CPM of 15–30 on views, between the two", "2023", "C",
        unit="US dollars", beyond=1.0,
    ),
    number("format.fee.reel", (1.45, 1.3, 1.6), "starscout: video adds 30–60%", "2025", "C"),
    number("format.fee.video", (1.45, 1.3, 1.6), "starscout: video adds 30–60%", "2025", "C"),
    number("format.fee.carousel", (1.15, 1.0, 1.3)),
    number("format.fee.story", (0.3, 0.15, 0.6)),
    number("format.fee.short", (0.3, 0.15, 0.6)),
    number("fee_log_sd_of_quotes", (0.25, 0.15, 0.4), OURS + ": how far one creator's quotes scatter", unit="log-sd"),
)  # fmt: skip

RESPONSES: Final = (
    number("click.any", (0.018, 0.01, 0.03), "creatorlanehq: bio links of 12k accounts; applied to people reached",
            "2026", "C", unit="share"),
    number("click.story", (0.025, 0.01, 0.05), "creatorlanehq 2–5% of viewers, another source 1–3%",
            "2026", "C", unit="share"),
    curve("convert", "2.41 1.1 5.3, 2.18 1 4.8, 1.76 0.8 3.9, 1.42 0.6 3.3, 0.91 0.4 2.1",
           "Digital Applied via lookfluence; 224k interpolated, ranges ours", quality="C"),
    number("positioning_elasticity", (0.15, 0.0, 0.3),
            OURS + ": an 11-dollar wine is believable from a micro, a luxury bag from a star",
            unit="elasticity", shape="normal"),
    number("positioning_pivot", (1e5, 5e4, 2e5), OURS + ": the size at which positioning makes no difference",
            unit="followers"),
    number("click_elasticity", (0.5, 0.0, 1.0), OURS + ": clicks rise with engagement against peers",
            unit="elasticity", shape="normal"),
    number("sponsored_effect", (0.95, 0.6, 1.2), "Markerly near parity, L2 a decline", "2016–2020", "C"),
    number("priming", (1.3, 1.0, 1.8), OURS + ": who met the brand in phase one converts better in phase two"),
    number("style_effect", (1.1, 1.0, 1.25), OURS + ", after practitioners who pair style with style: who names the"
            " brief's style moves more people"),
    number("buzz_weeks", (3.0, 2.0, 4.0), OURS + ", after practitioners' «a few weeks for a quick buzz», months for a"
            " relationship: how long an opening lasts", unit="weeks"),
    number("repeated_endorsement", (1.15, 1.0, 1.3), OURS + ": the same creator again over months"),
    number("frequency_cap", (6.0, 5.0, 10.0),
            "HelloSociety (n > 500): five posts to buy; JAR 2022: more raise scepticism; one above",
            "2019–2022", "B", unit="exposures"),
    number("frequency_cap_share", (0.1, 0.05, 0.2),
            OURS + ": part of those reached who may see more than the cap before the plan warns", unit="share"),
    number("platform_log_sd", (0.1, 0.03, 0.3), OURS + ": what all creators of a platform share in one season",
            unit="log-sd"),
    number("stand_in_log_sd", (0.4, 0.2, 0.8), OURS + ": further doubt where another platform's curve stands in",
            unit="log-sd"),
    number("post_log_sd.reach", (0.45, 0.25, 0.8), OURS + ": scatter of reach from post to post", unit="log-sd"),
    number("post_log_sd.views", (1.0, 0.6, 1.6), OURS + ": scatter of views from video to video", unit="log-sd"),
    number("stated_average_posts", (5.0, 2.0, 10.0), OURS + ": a stated average weighs as much as this many posts",
            unit="posts"),
    number("format_correlation", (0.7, 0.4, 0.9), OURS + ": who beats peers in one format does in another",
            unit="correlation"),
    number("post_log_sd", (0.55, 0.3, 1.0), OURS + ": scatter of engagement from post to post", unit="log-sd"),
)  # fmt: skip

AUDIENCES: Final = (
    number("fake.weight", (0.75, 0.6, 0.9), "SRF Data: two clusters, most below 25%", "2017", "A", unit="share"),
    number("fake.low_cluster", (0.14, 0.1, 0.2), "SRF Data: the median account", "2017", "A", unit="share"),
    number("fake.high_cluster", (0.55, 0.4, 0.7), "SRF Data: about a quarter of accounts", "2017", "A", unit="share"),
    number("fake.concentration", (12.0, 6.0, 24.0), OURS + ": how tight the clusters are", unit="accounts"),
    number("duplication", (2.5, 1.0, 6.0), OURS + ": 1 across niches, 3–6 within (Goodhardt–Ehrenberg k)"),
    curve("home.country", "80 55 95, 72 45 92, 62 35 85, 55 30 80, 45 20 75",
           OURS + ": part of an audience in its creator's country", quality="assumption"),
    curve("home.region", "55 25 85, 42 18 75, 30 12 60, 22 8 50, 15 5 40",
           OURS + ": part of an audience in its creator's region", quality="assumption"),
    curve("home.city", "35 12 70, 24 8 55, 15 5 40, 11 4 30, 8 3 22",
           OURS + ": part of an audience in its creator's city", quality="assumption"),
    curve("home.language", "88 70 98, 85 65 97, 80 60 96, 75 50 95, 68 40 94",
           OURS + ": part of an audience that speaks its creator's language", quality="assumption"),
    curve("home.interest", "70 45 90, 62 38 85, 52 30 80, 45 25 72, 36 18 65",
           OURS + ": part of an audience interested in its creator's niche", quality="assumption"),
    *(
        number(f"{kind}.{dimension}", triple, f"{OURS}: {words}", unit="share")
        for kind, words, shares in (
            ("away", "part of an audience outside what its creator stands for", {
                "country": (0.04, 0.008, 0.15), "region": (0.03, 0.006, 0.12), "city": (0.01, 0.002, 0.05),
                "language": (0.1, 0.02, 0.35), "interest": (0.15, 0.04, 0.4)}),
            ("unknown", "part of an audience where nothing is known of its creator", {
                "country": (0.25, 0.05, 0.8), "region": (0.06, 0.01, 0.3), "city": (0.03, 0.005, 0.15),
                "language": (0.3, 0.07, 0.9), "interest": (0.22, 0.06, 0.6)}),
        )
        for dimension, triple in shares.items()
    ),
    *(
        number(f"age.{band}", (share, share / 1.8, share * 1.8), OURS + ": usual ages of an audience", unit="share")
        for band, share in (("13-17", 0.09), ("18-24", 0.29), ("25-34", 0.32), ("35-44", 0.16), ("45-54", 0.08),
                            ("55-64", 0.04), ("65-99", 0.02))
    ),
    *(number(f"gender.{g}", (0.5, 0.25, 0.85), OURS + ": usual split of a social audience", unit="share")
      for g in ("female", "male")),
    number("profile_log_sd", (0.15, 0.05, 0.4), OURS + ": error of a measured audience profile", unit="log-sd"),
)  # fmt: skip

BENCHMARKS: Final = (*RATES, *VIEWS, *PRICES, *ADD_ONS, *RESPONSES, *AUDIENCES, *TRUST)
