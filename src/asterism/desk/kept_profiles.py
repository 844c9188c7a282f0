"""Profiles as they are kept: computed once per state of the catalogue, then only read."""

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter, ValidationError

from asterism.signals.profile import Profile
from asterism.store.shelves import Shelf

_PROFILE: Final[TypeAdapter[Profile]] = TypeAdapter(Profile)


def keep_profiles(shelf: Shelf, edition: str, profiles: Sequence[Profile]) -> None:
    """Keep profiles as those of an edition of the catalogue."""
    for each in profiles:
        shelf.put_text(_name(each.platform, each.creator_id), edition, _PROFILE.dump_json(each).decode())


def kept_profile(shelf: Shelf, platform: str, creator_id: str) -> tuple[str, Profile] | None:
    """The edition and the profile of an account; None where none was made, or by another release of ours."""
    found = shelf.text(_name(platform, creator_id))
    if found is None:
        return None
    edition, text = found
    try:
        return edition, _PROFILE.validate_json(text)
    except ValidationError:
        return None


def _name(platform: str, creator_id: str) -> str:
    return f"profile:{platform}:{creator_id}"
