"""Merging is judged by what comes out: no gap, no field of a value's making, no markup but the template's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asterism.campaigns.documents.given import Link
from asterism.campaigns.documents.markup import Heading, Items, Paragraph, Span, kind_of, parse, plain_text
from asterism.campaigns.documents.merging import (
    LONGEST_SUBJECT,
    MissingValue,
    UnsoundText,
    faults,
    fields_named,
    merge,
    merge_line,
)
from asterism.campaigns.documents.whitelist import FIELDS
from asterism.errors import BadInput

NAMES = {
    "a brace": "{", "a field": "{fee}", "two deep": "{{fee}}", "a closing brace": "}fee{", "an escape": "\\{fee\\}",
    "an escape at the end": "Ana\\", "an attribute": "{creator_name.__class__}", "an index": "{fee[0]}",
    "a percent sign": "%(fee)s $fee ${fee}", "html": "<script>alert(1)</script>", "a tag": "<https://bad.example>",
    "strong": "**Ana**", "one star": "*", "a heading": "# Ana", "an item": "- Ana", "a number": "1. Ana",
    "typst": "#panic(1) $x$ @label `code`", "jinja": "{{ 7*7 }}{% if 1 %}", "emoji": "Ana 👩‍🍳🏴󠁧󠁢󠁥󠁮󠁧󠁿", "rtl": "مرحبا بكم",
    "combining": "A\u0301na", "five hundred letters": "a" * 500, "a dash": "-", "a backslash": "\\", "a dot": ".",
}  # fmt: skip
"""What a creator may be called."""

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
nasty = st.text("\\{}*<># .-1ahttps:/\n", min_size=1, max_size=25)
values = st.one_of(texts, nasty, st.sampled_from(list(NAMES.values())))


def filled(value):
    return dict.fromkeys(FIELDS, value)


def flat_text(source):
    return plain_text(parse(source))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(
    "template", ["{creator_name}", "Hello {creator_name},", "- {creator_name}", "## {creator_name}"]
)
def test_a_name_comes_through_as_text(name, template):
    said = template.replace("{creator_name}", name).removeprefix("## ")
    assert flat_text(merge(template, {"creator_name": name, "fee": "SECRET"})) == said


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_comes_through_in_a_subject(name):
    merged = merge_line("For {creator_name}", {"creator_name": name, "fee": "SECRET"})
    assert merged == (f"For {name}" if len(name) < LONGEST_SUBJECT else merged)
    assert len(merged) <= LONGEST_SUBJECT


@given(values)
def test_a_value_opens_no_block_no_link_and_no_strong_words(value):
    try:
        merged = merge("Dear {creator_name}\n{creator_name}\n\n- {creator_name}", {"creator_name": value})
    except MissingValue:
        return
    paragraph, items = parse(merged)
    assert isinstance(paragraph, Paragraph)
    assert isinstance(items, Items)
    lines = (*paragraph.lines, *items.items)
    assert len(lines) == 3
    assert not any(span.strong or span.url for line in lines for span in line)


@given(values, values)
def test_merging_twice_changes_nothing(name, brand):
    template = "{creator_name}{brand}\n{brand}. {creator_name}\n# {brand}\n- {brand}"
    try:
        merged = merge(template, {"creator_name": name, "brand": brand})
    except MissingValue:
        return
    assert faults(merged) == ()
    assert fields_named(merged) == ()
    assert merge(merged, filled("LEAKED")) == merged


@given(values, values)
def test_two_values_side_by_side_make_no_block(name, brand):
    try:
        merged = merge("{creator_name}{brand}", {"creator_name": name, "brand": brand})
    except MissingValue:
        return
    assert kind_of(merged) == "text"


@given(st.text(max_size=60))
def test_a_subject_is_one_line_without_controls(value):
    try:
        merged = merge_line("Re: {creator_name}", {"creator_name": value})
    except MissingValue:
        return
    assert merged.splitlines() == [merged]
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", merged)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1d"])
def test_no_header_can_be_smuggled_into_a_subject(end):
    for merged in (
        merge_line("Re: {creator_name}", {"creator_name": f"Ana{end}Bcc: all@bad.example"}),
        merge_line(f"Re: {{creator_name}}{end}Bcc: all@bad.example", {"creator_name": "Ana"}),
    ):
        assert merged == "Re: Ana Bcc: all@bad.example"


@pytest.mark.parametrize("end", ["\r\n", "\n\n# ", "\u2028- ", "\x85", "\x00\x1b\u202e"])
def test_breaks_in_a_value_do_not_break_a_line(end):
    [block] = parse(merge("Dear {creator_name}", {"creator_name": f"Ana{end}B"}))
    assert isinstance(block, Paragraph)
    assert len(block.lines) == 1


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("{creator_nam}", "Did you mean `creator_name`?"),
        ("{Fee}", "Did you mean `fee`?"),
        ("{creator_name.name}", "Did you mean `creator_name`?"),
        ("{fee[0]}", "Did you mean `fee`?"),
        ("{fee!r}", "Did you mean `fee`?"),
        ("{fee:>90000000}", "Known: "),
        ("{}", "Known: "),
        ("{0}", "Known: "),
        ("{__class__}", "Known: "),
        ("a { b", "Write `\\{`"),
        ("a } b", "Write `\\}`"),
        ("{{fee}}", "Write `\\{`"),
        ("{fee", "Write `\\{`"),
        ("{fee\n}", "Write `\\{`"),
    ],
)
def test_what_is_no_field_is_reported_with_what_to_write(text, fix):
    found = faults(f"First line\n{text}")
    assert found[0].line == 2
    assert fix in found[0].fix
    for merging in (merge, merge_line):
        with pytest.raises(UnsoundText, match=r"Line \d: ") as error:
            merging(text, filled("x"))
        assert error.value.faults


def test_every_fault_is_reported_at_once():
    assert [fault.line for fault in faults("{a_} {b_}\nfine {fee}\n}")] == [1, 1, 3]


@pytest.mark.parametrize("gap", ["", "  ", "\n", "\u202e", (), ("",), ("one", " "), Link("", ""), (Link("a", ""),)])
def test_a_field_without_a_value_is_named_not_skipped(gap):
    for merging in (merge, merge_line):
        with pytest.raises(MissingValue, match="`product` has no value") as error:
            merging("About {product}", {**filled("x"), "product": gap})
        assert error.value.field == "product"


def test_a_field_nobody_handed_in_is_missing():
    with pytest.raises(MissingValue, match="`fee`"):
        merge("{fee}", {})


def test_names_outside_the_whitelist_are_never_read():
    with pytest.raises(UnsoundText, match="no field `password`"):
        merge("{password}", {"password": "SECRET"})


def test_a_brace_can_be_meant():
    assert flat_text(merge(r"Use \{fee\} for {fee}", {"fee": "1 EUR"})) == "Use {fee} for 1 EUR"
    assert merge_line(r"\{fee\} {fee}", {"fee": "1 EUR"}) == "{fee} 1 EUR"


def test_a_list_alone_on_its_line_becomes_a_list_and_inside_a_line_a_phrase():
    fields = {"deliverables": ("2 Reels", "# 1 Story")}
    assert parse(merge("{ deliverables }", fields)) == (Items(((Span("2 Reels"),), (Span("# 1 Story"),))),)
    assert flat_text(merge("We ask: {deliverables}.", fields)) == "We ask: 2 Reels; # 1 Story."


def test_links_lead_where_they_say():
    fields = {"portal_link": Link("", "https://a.example/x_y*z"), "links": (Link("Shop {fee}", "http://b.example"),)}
    first, second = parse(merge("See {portal_link}\n\n{links}", fields))
    assert first.lines[0][1] == Span("https://a.example/x_y*z", url="https://a.example/x_y*z")
    assert second.items[0] == (Span("Shop {fee}: "), Span("http://b.example", url="http://b.example"))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//a.example", "https://a.example/> x", "https://a b", "ftp://a",
     "https://a.example/{fee}", "https://a.example\nhttps://b.example", "https://a.example/\\"],
)  # fmt: skip
def test_only_whole_web_addresses_are_links(url):
    with pytest.raises(BadInput, match="is not an address"):
        merge("{portal_link}", {"portal_link": Link("", url)})


def test_markup_knows_headings_lists_strong_words_and_nothing_else():
    source = "# A\n## B\n1. x\n2. **y** z\n\n- <b>q</b>\n#### no\n**a\n<javascript:x> \\**"
    title, second, numbers, bullets, paragraph = parse(source)
    assert (title, second) == (Heading(1, (Span("A"),)), Heading(2, (Span("B"),)))
    assert numbers == Items(((Span("x"),), (Span("y", strong=True), Span(" z"))), start=1)
    assert bullets.items == ((Span("<b>q</b>"),),)
    assert [line[0].text for line in paragraph.lines] == ["#### no", "**a", "<javascript:x> **"]


def test_plain_text_carries_no_marks():
    assert plain_text(parse("# A\ntext\n**b** <https://x.org>\n\n3. c\n4. d\n\n- e")) == (
        "A\n\ntext\nb https://x.org\n\n3. c\n4. d\n\n- e"
    )
