"""The style of pictures on paper: the page's own colours, light, worked out."""

import pytest

from asterism.reports.paper import picture_style

CSS = """
:root { --ink: #101010; --paper: #ffffff; --edge: #14213d66; }
@media (prefers-color-scheme: dark) { :root { --ink: #eeeeee; --paper: #000000; } }
body { color: var(--ink); }
.grid { stroke: var(--ink); }
.half { fill: color-mix(in srgb, var(--ink) 50%, var(--paper)); }
.halo { opacity: .2; }
.chip { gap: 8px; }
.night { --ink: #fefefe; }
svg text { fill: var(--ink); }
@media (max-width: 703px) { .grid { stroke: #ff0000; } }
"""


@pytest.fixture
def style() -> str:
    return picture_style(CSS, "Arial")


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(".grid { stroke: #101010; }", id="the light colour"),
        pytest.param(".half { fill: #888888; }", id="a mixture"),
        pytest.param(".halo { opacity: .2; }", id="without a colour"),
        pytest.param(".night .grid { stroke: #fefefe; }", id="the night's colour"),
        pytest.param(".night text { fill: #fefefe; }", id="words at night"),
        pytest.param('svg text { font-family: "Arial"; }', id="the font"),
    ],
)
def test_a_rule_that_draws_stands_there(style: str, rule: str) -> None:
    assert rule in style


@pytest.mark.parametrize("word", ["body", "chip", "#ff0000", "#eeeeee", "var("])
def test_what_draws_nothing_on_paper_is_left_out(style: str, word: str) -> None:
    assert word not in style
