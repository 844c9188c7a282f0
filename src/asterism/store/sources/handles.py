"""The account a user names by a handle or an address, on platforms where accounts go by their handles."""

from re import Pattern

from asterism.creators.platforms import handle
from asterism.errors import WrongUsage


def account_of(words: str, allowed: Pattern[str], platform: str) -> str:
    """`@handle` of the account that words or an address name.

    Parameters
    ----------
    allowed
        What a whole handle looks like on the platform.
    platform
        The platform's name, as people write it.

    Raises
    ------
    WrongUsage
        They name no account.
    """
    try:
        name = handle(words)
    except ValueError:
        name = ""
    if not allowed.fullmatch(name):
        raise WrongUsage(f"`{words}` names no {platform} account.", "Write it as @handle.")
    return f"@{name.lower()}"
