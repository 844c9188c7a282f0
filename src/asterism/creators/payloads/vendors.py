"""Which vendor wrote a document, and the tables it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any, Final

from asterism.creators.ingest import Ingested
from asterism.creators.payloads import hypeauditor, instagram, modash, phyllo, tiktok, youtube
from asterism.creators.payloads.refusal import refusal
from asterism.creators.payloads.tabulate import Around, together
from asterism.creators.tables import Reject
from asterism.errors import UnreadableFile

_VENDORS: Final[Mapping[str, ModuleType]] = {
    "YouTube Data API": youtube, "Phyllo": phyllo, "HypeAuditor": hypeauditor, "Modash": modash,
    "TikTok Research API": tiktok, "Instagram Graph API": instagram,
}  # fmt: skip
"""Vendors by name, those with the plainest marks first; Instagram's answers name nobody."""
KNOWN: Final = ", ".join(_VENDORS).replace("Phyllo", "Phyllo (InsightIQ)")


def recognised(document: Any) -> str | None:
    """The vendor whose interface wrote the document, told by its content; None for any other JSON."""
    found = next((name for name, vendor in _VENDORS.items() if vendor.recognised(document)), None)
    return "InsightIQ" if found == "Phyllo" and phyllo.vendor_of(document) == "insightiq" else found


def is_answer(document: Any) -> bool:
    """Whether a document is an interface's answer: data of a vendor we know, or an error."""
    return recognised(document) is not None or refusal("", document) is not None


def read_payload(source: str, document: Any, around: Around | None = None) -> tuple[Ingested, ...]:
    """The tables of a parsed JSON document, one per kind, in our schema.

    Units are those each vendor documents, never guessed from the size of a figure: Phyllo's 1.91 is 191%,
    HypeAuditor's 20.99 is 21%.

    Parameters
    ----------
    source
        The file as a person would name it.
    document
        What `json.loads` returns; numbers may be texts as they were written.
    around
        The platform a person named, and whose posts are known, for answers that do not say it.

    Raises
    ------
    UnreadableFile
        It is an interface's error answer, or none of a vendor we know.
    """
    error = refusal(source, document)
    if error is not None:
        raise error
    vendor = next((one for one in _VENDORS.values() if one.recognised(document)), None)
    if vendor is None:
        raise UnreadableFile(f"{source} is no answer of an interface we know.", f"We read: {KNOWN}.")
    read: Callable[[str, Any, Around], tuple[Ingested, ...]] = vendor.read
    return read(source, document, around or Around())


def read_payloads(source: str, documents: Sequence[Any], around: Around | None = None) -> tuple[Ingested, ...]:
    """The tables of several documents, those of one kind together; one that cannot be read is a reject.

    Raises
    ------
    UnreadableFile
        None of them can be read.
    """
    if len(documents) == 1:
        return read_payload(source, documents[0], around)
    parts: dict[str, list[Ingested]] = {}
    errors: list[tuple[int, UnreadableFile]] = []
    for number, document in enumerate(documents, start=1):
        try:
            for one in read_payload(f"{source}, document {number}", document, around):
                parts.setdefault(one.kind, []).append(one)
        except UnreadableFile as error:
            errors.append((number, error))
    if not parts:
        raise errors[0][1]
    rejects = tuple(Reject(source, number, "", "", str(error)) for number, error in errors)
    first, *others = (replace(together(one), file=source) for one in parts.values())
    return (
        replace(first, rejects=(*rejects, *first.rejects), rows=first.rows + len(rejects)),
        *others,
    )
