"""Coupon sites: hosts that collect promo codes or pay cashback, by name and by the words in their names."""

from typing import Final
from urllib.parse import urlsplit

_NAMES: Final = """
    capitaloneshopping.com chollometro.com couponbirds.com couponcabin.com couponfollow.com coupons.com coupert.com
    dealabs.com dealnews.com dealspotr.com dontpayfull.com groupon.com hotdeals.com hotukdeals.com igraal.com
    joinhoney.com knoji.com ma-reduc.com mydealz.de offers.com ozbargain.com.au pepper.pl picodi.com poulpeo.com
    promodescuentos.com quidco.com radins.com rakuten.com retailmenot.com savings.com simplycodes.com slickdeals.net
    sparwelt.de topcashback.co.uk topcashback.com wethrift.com worthepenny.com
"""
HOSTS: Final = frozenset(_NAMES.split())
"""Sites that live by collecting codes or by cashback, with their subdomains."""
WORDS: Final = (
    *("cashback", "codepromo", "code-promo", "coupon", "cupom", "cupon", "discountcode", "discount-code"),
    *("gutschein", "kupon", "promocode", "promo-code", "rabattcode", "vouchercode", "voucher-code"),
)
"""Words that give such a site away anywhere in its host; plain «deal» or «promo» do not, shops are called so too."""


def is_coupon_site(referrer: str) -> bool:
    """Whether a referrer, an address or a bare host, is a site that collects codes.

    >>> is_coupon_site("https://www.retailmenot.com/view/shop"), is_coupon_site("ideal-home.com")
    (True, False)
    """
    host = _host(referrer)
    parts = host.split(".")
    return any(".".join(parts[i:]) in HOSTS for i in range(len(parts))) or any(word in host for word in WORDS)


def _host(referrer: str) -> str:
    text = referrer.strip().lower()
    try:
        return urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
