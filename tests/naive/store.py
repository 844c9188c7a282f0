"""What the kernels of `store` must compute, as plain Python anyone can read."""

import re
from collections.abc import Iterator, Sequence

WORD = re.compile(r'"(?:[^"]|"")*"|[^ \t]+')


def rows(text: str, delimiter: str, wanted: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """(line, wanted cells) of each row; quotes stay doubled inside a quoted cell, as the file has them."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip(" \r" if delimiter == "\t" else " \t\r")
        if not bare or bare[0] in "#%":
            continue
        cells = WORD.findall(bare) if delimiter == " " else parted(bare, delimiter)
        yield number, [cell[1:-1] if cell[:1] == '"' == cell[-1:] else cell for cell in (cells[i] for i in wanted)]


def parted(line: str, delimiter: str) -> list[str]:
    """The cells of a line; a delimiter inside quotes parts nothing."""
    cells, quoted = [""], False
    for letter in line:
        if letter == '"':
            quoted = not quoted
        if letter == delimiter and not quoted:
            cells.append("")
        else:
            cells[-1] += letter
    return [cell.strip() for cell in cells]


def is_plain_integer(word: str) -> bool:
    """Whether a word is a whole number of at most 19 digits, without sign and without zeros in front."""
    return word.isascii() and word.isdigit() and len(word) <= 19 and str(int(word)) == word


def edges(text: str, delimiter: str = " ") -> tuple[list[tuple[int, int]], list[str]]:
    """The edges of a list without header as pairs of codes, and the ids in order."""
    pairs = [cells for _, cells in rows(text, delimiter, (0, 1))]
    names = {name for pair in pairs for name in pair}
    key = int if all(map(is_plain_integer, names)) else lambda name: name.replace('""', '"')
    ids = sorted(names, key=key)
    return [(ids.index(a), ids.index(b)) for a, b in pairs], [name.replace('""', '"') for name in ids]
