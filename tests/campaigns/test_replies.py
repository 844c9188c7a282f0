"""What a reply says: its own words, HTML as text, and whether it asks that all letters end."""

import pytest

from asterism.campaigns.replies import LONGEST, own_words, plain_words, wants_out, words_of_html


@pytest.mark.parametrize(
    "text",
    [
        "STOP", "stop.", "Please stop", "Stop please!", "unsubscribe", "Please unsubscribe me",
        "opt out", "Opt-out, thanks",
        "remove me from your list", "Hi,\n\nplease stop writing to me.\n\nAna", "Do not contact me again.",
        "Bitte abmelden",
        "Keine Mails mehr bitte", "Merci de me désabonner",
        "no thanks\nunsubscribe\nOn 3 May 2027 Aurora wrote:\n> Hello",
    ],
)  # fmt: skip
def test_a_short_line_that_ends_letters_ends_them(text):
    assert wants_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Gladly.", "We could stop by the shop on Friday.",
        "My last video was about how to unsubscribe from old lists I had",
        "Yes.\n\n> To end all letters: unsubscribe here",
        "Yes.\n\nOn Mon, 3 May 2027 at 10:00, Aurora <a@b.test> wrote:\nSTOP",
        "Yes\n-----Original Message-----\nunsubscribe", "Non-stop", "I will not stop.",
    ],
)  # fmt: skip
def test_what_speaks_of_something_else_or_quotes_our_letter_ends_nothing(text):
    assert not wants_out(text)


@pytest.mark.parametrize(("subject", "ends"), [("unsubscribe", True), ("STOP", True), ("Re: unsubscribe", False)])
def test_a_subject_of_ones_own_counts_and_ours_does_not(subject, ends):
    assert wants_out("", subject) is ends


def test_html_becomes_text_and_what_nobody_sees_is_left_out():
    page = "<head><title>x</title></head><style>p{}</style><p>Yes,&nbsp;&lt;b&gt;<br>gladly</p><script>stop()</script>"
    assert words_of_html(page) == "Yes, <b>\ngladly"
    assert "stop" not in words_of_html("<script>stop")
    assert words_of_html("1 < 2 <!-- <b> --> and <B CLASS='x'>more</B> &amp; <3") == "1 < 2 and more & <3"
    assert words_of_html("a<!-- never closed") == words_of_html("a<b") == "a"
    assert words_of_html("<p>a<p>b") == "a\nb"


def test_a_text_is_kept_without_what_steers_a_screen_and_not_for_ever():
    assert plain_words("a\r\nb\x00\x1b[31m\u202ec\ud800") == "a\nb[31mc"
    assert len(plain_words("x" * 10 * LONGEST)) == LONGEST


def test_ones_own_words_end_where_a_quote_begins():
    assert own_words("One\ntwo\n\n> three\nfour") == "One\ntwo"
