"""Seconds of several programs on the same cases as one picture: a dot each on a logarithmic line."""

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

COLOURS = {"Asterism": "#3d5afe", "HIST": "#009e73", "SUBSIM": "#e69f00", "OPIM-C": "#d55e00"}
LEFT, WIDTH, ROW, TOP = 210, 960, 36, 84
INK, LINE, PAPER = "#14213d", "#d9dce3", "#fbfbf8"


def seconds_chart(title: str, rows: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    """An SVG of the seconds of each program, a row per case; fewer seconds stand further left."""
    values = [seconds for _, found in rows for seconds in found.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    height = TOP + ROW * len(rows) + 44

    def x(seconds: float) -> float:
        return LEFT + (WIDTH - LEFT - 40) * (math.log10(seconds) - low) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f'<g font-family="system-ui, sans-serif" font-size="14" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        f'<text x="16" y="30" font-size="16" font-weight="bold">{escape(title)}</text>',
        *_legend(),
    ]
    for power in range(low, high + 1):
        at = x(10.0**power)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 12}" y2="{height - 36}" stroke="{LINE}"/>')
        parts.append(f'<text x="{at:.1f}" y="{height - 14}" text-anchor="middle">{10.0**power:g} s</text>')
    for i, (name, found) in enumerate(rows):
        y = TOP + ROW * i + ROW / 2
        parts.append(f'<text x="16" y="{y + 5:.1f}">{escape(name)}</text>')
        ends = [x(seconds) for seconds in found.values()]
        parts.append(f'<line x1="{min(ends):.1f}" x2="{max(ends):.1f}" y1="{y}" y2="{y}" stroke="{LINE}"/>')
        for program, seconds in found.items():
            size = 7 if program == "Asterism" else 5
            parts.append(
                f'<circle cx="{x(seconds):.1f}" cy="{y}" r="{size}" fill="{COLOURS[program]}">'
                f"<title>{program}: {seconds:.3g} s</title></circle>"
            )
    return "\n".join([*parts, "</g></svg>"]) + "\n"


def _legend() -> list[str]:
    parts = []
    for i, (program, colour) in enumerate(COLOURS.items()):
        parts.append(f'<circle cx="{LEFT + 8 + 110 * i}" cy="54" r="6" fill="{colour}"/>')
        parts.append(f'<text x="{LEFT + 20 + 110 * i}" y="59">{program}</text>')
    return parts
