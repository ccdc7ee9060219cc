"""The page's files, read once and served from memory."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ETag, hdrs, web

FOLDER = Path(__file__).parent.parent / "dashboard"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_SMALLEST_ZIPPED = 512


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    content_type: str
    body: bytes
    zipped: bytes
    etag: str

    def response(self, request: web.Request) -> web.Response:
        """The file, or 304 when the browser has it."""
        return answer(request, self.content_type, self.etag, self.body, self.zipped)


def load(folder: Path = FOLDER) -> dict[str, Asset]:
    """All files of the page by name."""
    return {file.name: _asset(file) for file in sorted(folder.iterdir()) if file.suffix in _TYPES}


def answer(request: web.Request, content_type: str, etag: str, body: bytes, zipped: bytes) -> web.Response:
    """200 with what the browser can unpack, or 304; it asks again each time, as nothing here has a version in its
    name."""
    headers = {hdrs.CACHE_CONTROL: "no-cache", hdrs.VARY: hdrs.ACCEPT_ENCODING}
    if unchanged(request, etag):
        response = web.Response(status=304, headers=headers)
    elif takes_gzip(request) and len(body) >= _SMALLEST_ZIPPED:
        headers[hdrs.CONTENT_ENCODING] = "gzip"
        response = web.Response(body=zipped, content_type=content_type, charset="utf-8", headers=headers)
    else:
        response = web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)
    response.etag = ETag(etag, is_weak=True)
    return response


def unchanged(request: web.Request, etag: str) -> bool:
    """Whether the browser has this already."""
    return any(known.value in (etag, "*") for known in request.if_none_match or ())


def takes_gzip(request: web.Request) -> bool:
    """Whether the browser can unpack gzip."""
    return "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "").lower()


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    etag = hashlib.sha256(body).hexdigest()[:16]
    return Asset(_TYPES[file.suffix], body, gzip.compress(body, mtime=0), etag)
