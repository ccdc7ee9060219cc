"""The page's files, read once and served from memory."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ETag, hdrs, web

FOLDER = Path(__file__).parent.parent / "dashboard"
_TEXTS = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain",
}
_TYPES = {**_TEXTS, ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2"}
_SMALLEST_ZIPPED = 512
_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+")

ASK_AGAIN = "no-cache"
KEEP = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file; `zipped` is empty where zipping gains nothing."""

    content_type: str
    body: bytes
    zipped: bytes
    etag: str
    cache: str

    def response(self, request: web.Request) -> web.Response:
        """The file, or 304 when the browser has it."""
        return answer(request, self.content_type, self.etag, self.body, self.zipped, cache=self.cache)


def load(folder: Path = FOLDER) -> dict[str, Asset]:
    """All files of the page by name: the page itself from `folder`, the others from its `assets`."""
    files = [*sorted(folder.iterdir()), *sorted((folder / "assets").iterdir())]
    return {file.name: _asset(file) for file in files if file.suffix in _TYPES}


def answer(
    request: web.Request, content_type: str, etag: str, body: bytes, zipped: bytes, *, cache: str = ASK_AGAIN
) -> web.Response:
    """200 with what the browser can unpack, or 304. By `cache` it asks again each time, or keeps what it has: only a
    name with a hash in it never means anything else."""
    headers = {hdrs.CACHE_CONTROL: cache, hdrs.VARY: hdrs.ACCEPT_ENCODING}
    charset = None if content_type.startswith(("image/", "font/")) else "utf-8"
    if unchanged(request, etag):
        response = web.Response(status=304, headers=headers)
    elif zipped and takes_gzip(request) and len(body) >= _SMALLEST_ZIPPED:
        headers[hdrs.CONTENT_ENCODING] = "gzip"
        response = web.Response(body=zipped, content_type=content_type, charset=charset, headers=headers)
    else:
        response = web.Response(body=body, content_type=content_type, charset=charset, headers=headers)
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
    zipped = gzip.compress(body, mtime=0) if file.suffix in _TEXTS else b""
    etag = hashlib.sha256(body).hexdigest()[:16]
    return Asset(_TYPES[file.suffix], body, zipped, etag, KEEP if _HASHED.search(file.name) else ASK_AGAIN)
