"""Text that a spreadsheet shows and never runs."""

from typing import Final

from asterism.reports.words import plain

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that some spreadsheet takes for a formula; wide signs of Asian scripts are read as narrow ones."""


def inert(text: str) -> str:
    """The text, with an apostrophe before anything a spreadsheet might take for a formula.

    Control characters are taken out first, and spaces before a sign do not hide it.

    >>> inert("=1+1"), inert("micro")
    ("'=1+1", 'micro')
    """
    clean = plain(text)
    risky = text.startswith(FORMULA_STARTS) or clean.lstrip().startswith(FORMULA_STARTS)
    return f"'{clean}" if risky else clean
