"""Files to take away: always saved, never shown in the page's own place."""

import re
from urllib.parse import quote

from django.http import HttpResponse


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """The answer that saves `content` under a name, made of letters every system takes."""
    plain = re.sub(r"[^A-Za-z0-9._ -]+", "_", name).strip(" .") or "file"
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name[:150], safe='')}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": said})
