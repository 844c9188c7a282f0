"""The page's style for pictures on paper: the same rules, light, with every colour worked out."""

import re
from typing import Final

_VARIABLES: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-f]+);")
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NIGHT: Final = re.compile(r"\.night\s*\{([^}]*)\}")
_VARIABLE: Final = re.compile(r"var\(--([\w-]+)\)")
_MIX: Final = re.compile(r"color-mix\(in srgb, (#\w+) (\d+)%, (#\w+)\)")
_DRAWN: Final = ("fill:", "stroke", "opacity")


def picture_style(css: str, font: str) -> str:
    """The rules of a style sheet that colour pictures, as a drawing program reads them.

    Variables become the light scheme's colours, or those of `.night` inside it; mixtures become colours; the system's
    fonts become `font`. Rules for screens, and whatever draws nothing, are left out.

    >>> picture_style(":root { --ink: #000000; } .grid { stroke: var(--ink); }", "Arial")
    '.grid { stroke: #000000; } .night .grid { stroke: #000000; } svg text { font-family: "Arial"; }'
    """
    plain = css[: css.find("@media (max-width")] if "@media (max-width" in css else css
    light = dict(_VARIABLES.findall(plain[: plain.find("}")]))
    night = {**light, **dict(_VARIABLES.findall("".join(_NIGHT.findall(plain))))}
    rules = [(s.strip(), d.strip()) for s, d in _RULE.findall(plain) if _draws(s, d)]
    by_day = [f"{selector} {{ {_resolved(body, light)} }}" for selector, body in rules]
    by_night = [f".night {_inside(s)} {{ {_resolved(d, night)} }}" for s, d in rules if "var(" in d]
    return " ".join([*by_day, *by_night, f'svg text {{ font-family: "{font}"; }}'])


def _draws(selector: str, body: str) -> bool:
    wanted = selector.strip().startswith(("svg text", "."))
    return wanted and any(word in body for word in _DRAWN) and not selector.strip().startswith(".night")


def _inside(selector: str) -> str:
    return selector.removeprefix("svg ")


def _resolved(body: str, colours: dict[str, str]) -> str:
    named = _VARIABLE.sub(lambda found: colours.get(found[1], found[0]), body)
    return _MIX.sub(lambda found: _mixed(found[1], int(found[2]) / 100, found[3]), named)


def _mixed(one: str, part: float, other: str) -> str:
    """The colour between two, `part` of the first.

    >>> _mixed("#ff0000", 0.5, "#0000ff")
    '#800080'
    """
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02x}" for a, b in pairs)
