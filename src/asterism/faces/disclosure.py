"""`asterism disclosure`: does the text of a paid post say so, early and plainly enough."""

from typing import Annotated

import typer

from asterism.faces.cli import Json, app, show

Text = Annotated[str, typer.Argument(metavar="TEXT|FILE|-", help="The post's text, a file that holds it, or stdin.")]
Jurisdiction = Annotated[str, typer.Option(help="US, UK, FR, DE or EU.")]
Platform = Annotated[str, typer.Option(help="instagram, tiktok, youtube …")]
Format = Annotated[
    str, typer.Option("--format", help="post, carousel, reel, story, short, video, live, podcast, blog.")
]
Label = Annotated[bool, typer.Option("--platform-label", help="The platform's own label is on.")]
Language = Annotated[str | None, typer.Option(help="What the audience reads, as in en; else guessed.")]
Spoken = Annotated[bool | None, typer.Option("--spoken/--not-spoken", help="The disclosure is said aloud.")]
OnScreen = Annotated[bool | None, typer.Option("--on-screen/--not-on-screen", help="It is shown in the picture.")]
Whole = Annotated[
    bool | None, typer.Option("--whole-duration/--not-whole-duration", help="It is there from beginning to end.")
]


@app.command()
def disclosure(
    text: Text,
    jurisdiction: Jurisdiction = "US",
    platform: Platform = "instagram",
    kind: Format = "post",
    platform_label: Label = False,
    language: Language = None,
    spoken: Spoken = None,
    on_screen: OnScreen = None,
    whole_duration: Whole = None,
    as_json: Json = False,
) -> int:
    """Check whether a paid post says so, early and plainly enough. Not legal advice."""
    from asterism.desk import disclosure as desk
    from asterism.reports.disclosure import disclosure_table

    found = desk.disclosure(
        desk.text_from(text),
        jurisdiction,
        platform,
        kind,
        platform_label,
        language=language,
        spoken=spoken,
        on_screen=on_screen,
        whole_duration=whole_duration,
    )
    show(found.to_dict(), as_json, lambda: disclosure_table(found))
    return 0 if found.passes else 1
